/** The batteries that bring routes, and where the bundler finds them. */
import { extname, join } from 'node:path'
import { accountRoutes } from '../accounts/routes.ts'
import { adminRoutes } from '../admin/routes.ts'
import type { Battery } from '../routing/mounts.ts'

/** What building an app with a battery takes. */
export interface ViteBattery extends Battery {
  /** Absolute path of the folder with its routes. */
  folder: string
  /** The export of `hotclub/server` that loads them on the server. */
  loaders: string
  /** The stylesheet of its pages, absolute. Node cannot import one, so the browser's half of each page gets it here. */
  styles: string
}

/** What asks for the admin: a file beside the app, relative to it. */
export const adminFile = '../admin/site.ts'

/** Every battery with routes; an app gets those whose file it has. */
export const batteries: readonly ViteBattery[] = [
  { file: 'auth.ts', loaders: 'accountRoutes', ...filesOf('accounts', accountRoutes) },
  { file: adminFile, loaders: 'adminRoutes', ...filesOf('admin', adminRoutes) },
]

function filesOf(area: string, routes: object): Pick<ViteBattery, 'files' | 'folder' | 'styles'> {
  const home = join(import.meta.dirname, '..', area)
  return {
    files: Object.fromEntries(Object.keys(routes).map((file) => [file, join(home, compiled(file))])),
    folder: join(home, 'routes'),
    styles: join(home, `${area}.css`),
  }
}

/** The battery that a module is a route or layout of. @param path Absolute */
export function batteryOf(path: string): ViteBattery | undefined {
  return batteries.find(({ folder }) => path.startsWith(`${folder}/`))
}

/** A page keeps the name of its source as its place in an app; in the package it is JavaScript. */
function compiled(file: string): string {
  return extname(import.meta.url) === '.ts' ? file : file.replace(/\.tsx?$/, '.js')
}
