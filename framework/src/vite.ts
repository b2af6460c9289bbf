/** `hotclub/vite`: the Vite plugin. */
export { hotclub } from './lib/vite/plugin.ts'
