/** Routes that a battery brings: they count as if their files stood in the app, and give way to the app's own. */
import { join } from 'node:path'
import { isLayout, isRoot, layoutId, type AppFile } from './app-files.ts'
import { readRouteName } from './route-name.ts'
import { shapeKey, shapesOf } from './shapes.ts'

/** A part of the framework that has routes. */
export interface Battery {
  /** The file of the app that asks for it, relative to the app folder: `auth.ts`. */
  file: string
  /** Absolute paths of its routes and layouts, by the place they take in the app: `routes/login.tsx`. */
  files: Readonly<Record<string, string>>
}

/** Absolute paths of the files that batteries have brought, by the place they take in the app. */
export type Mounts = Readonly<Record<string, string>>

/** Where a file of the app is: root, route, layout or converter, be it the app's own or a battery's. */
export function pathOf(appDir: string, mounts: Mounts, file: string): string {
  return mounts[file] ?? join(appDir, file)
}

/** Whose a file is: the app's, or Hotclub's until a file of the app takes its place. */
export function ownerOf(mounts: Mounts, file: string): 'app' | 'hotclub' {
  return file in mounts ? 'hotclub' : 'app'
}

/** Leaves out the mounted files that the app has replaced: by a layout of the same folder, or a route of the same URL. */
export function withoutReplaced(files: readonly AppFile[]): AppFile[] {
  const own = new Set(files.filter(({ mountedFrom }) => mountedFrom === undefined).flatMap(({ file }) => placesOf(file)))
  return files.filter(({ file, mountedFrom }) => mountedFrom === undefined || !placesOf(file).some((place) => own.has(place)))
}

/** What only one file of an app can be: the layout or root of a folder, or what answers a URL. */
function placesOf(file: string): string[] {
  if (!file.startsWith('routes/')) return []
  if (isLayout(file) || isRoot(file)) return [`layout ${layoutId(file)}`]
  return shapesOf(readRouteName(file).segments).map(shapeKey)
}
