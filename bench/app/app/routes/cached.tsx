export { default, head, loader } from './database.tsx'
export const cache = { seconds: 600 }
