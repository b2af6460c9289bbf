import { extname } from 'node:path'

/** Whether the framework runs from its sources, as it does in its own repository. */
export const fromSource: boolean = extname(import.meta.url) === '.ts'
