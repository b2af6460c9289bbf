import { extname, join } from 'node:path'
import { paramName } from '../routing/app-files.ts'
import type { Project } from './project.ts'

/** Prisma's `Decimal` for browsers. */
export const DECIMAL_MODULE = '@prisma/client/runtime/index-browser'

/** Sets up Fast Refresh before any component runs, as a module of its own, so that the page needs no inline script. */
export const REFRESH = 'virtual:hotclub/refresh'

/** The browser's side of the dev server, by its path: apps have no business with it. */
const DEV_CLIENT: string = JSON.stringify(join(import.meta.dirname, `dev/browser/dev-client${extname(import.meta.url)}`))

export interface ClientEntryOptions {
  project: Project
  /** Files of own converters: `params/year.ts`. */
  params: string[]
  /** Whether the app has {@link DECIMAL_MODULE}, and in the build the reference of its file. */
  decimal: boolean | string
  isBuild: boolean
}

/** Writes the code that starts the app in the browser. */
export function clientEntryCode({ project, params, decimal, isBuild }: ClientEntryOptions): string {
  const converters = params.map((file, index) => `${JSON.stringify(paramName(file))}: param${index}`)
  // Named through the bundler and not imported by name, so that the entry need not carry Vite's preload helper.
  const file = typeof decimal === 'string' ? `import.meta.ROLLUP_FILE_URL_${decimal}` : `'${DECIMAL_MODULE}'`
  const options = [`converters: { ${converters.join(', ')} }`, ...(decimal ? [`decimal: () => import(${file})`] : [])]
  // The preamble has to run before any component's module, so it is imported first.
  const before = isBuild ? [] : [`import '/@vite/client'`, `import '${REFRESH}'`, `import { connectPage } from ${DEV_CLIENT}`]
  const begin = `start({ ${options.join(', ')} })`
  return [
    ...before,
    `import { start } from 'hotclub/client-entry'`,
    ...params.map((file, index) => `import param${index} from ${JSON.stringify(join(project.app, file))}`),
    isBuild ? `void ${begin}` : `connectPage(import.meta.hot, ${begin})`,
    '',
  ].join('\n')
}

/** Writes the code that joins pages without hydration to the dev server. */
export function plainClientCode(): string {
  return [`import '/@vite/client'`, `import { connectPlain } from ${DEV_CLIENT}`, `connectPlain(import.meta.hot)`, ''].join('\n')
}
