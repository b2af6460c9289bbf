export const parse = Number
