export const cache = { seconds: 1 }
