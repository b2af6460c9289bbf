/** The files that routes are made of, and what their names say. */

/** A file of the app, or one that stands in for it. */
export interface AppFile {
  /** Relative to the app folder, with `/`: `routes/movies/[id=int].tsx`. */
  file: string
  source: string
  /** Where the file really is, absolute, when a battery brings it; left out for the app's own. */
  mountedFrom?: string
}

/** Whether the scan reads a file: the root, routes, layouts and converters, helpers and tests left out. */
export function isScanned(file: string): boolean {
  if (file === 'root.tsx') return true
  if (!/^(?:routes|params)\//.test(file) || !/\.[cm]?[jt]sx?$/.test(file) || file.endsWith('.d.ts')) return false
  if (/\.(?:test|test-d|server|client)\.\w+$/.test(file)) return false
  return !file.split('/').some((part) => part.startsWith('_'))
}

/** Whether a file is a document: the app's, or that of a folder. */
export function isRoot(file: string): boolean {
  return file === 'root.tsx' || /^routes\/(?:.*\/)?root\.tsx$/.test(file)
}

export function isLayout(file: string): boolean {
  return /^routes\/(?:.*\/)?layout\.tsx?$/.test(file)
}

/** The id of a layout or root in types: `/movies/layout` for `routes/movies/layout.tsx`, `root` for `root.tsx`. */
export function layoutId(file: string): string {
  return file.replace(/^routes(?=\/)/, '').replace(/\.tsx?$/, '')
}

/** The name an own converter is used by: `year` for `params/year.ts`. */
export function paramName(file: string): string {
  return file.replace(/^params\//, '').replace(/\.ts$/, '')
}
