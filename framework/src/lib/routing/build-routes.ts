/** Makes the routes of an app from the list of its files. Pure: file names and texts in, routes and problems out. */
import { closest } from '../core/closest.ts'
import { HotclubError } from '../core/hotclub-error.ts'
import { isLayout, isRoot, isScanned, layoutId, paramName, type AppFile } from './app-files.ts'
import { findConflicts } from './conflicts.ts'
import { builtInConverters, isBuiltInConverter } from './converters.ts'
import { withoutReplaced } from './mounts.ts'
import { checkExports, kindOf, readExports, type ModuleExports } from './route-exports.ts'
import { readRouteName } from './route-name.ts'
import type { RouteRecord } from './types.ts'

/** What a scan of the app folder finds. Files are relative to it, those that batteries have brought among them. */
export interface ScanResult {
  /** Sorted by id. */
  routes: RouteRecord[]
  /** Every layout, roots not among them: `routes/movies/layout.tsx`. */
  layouts: string[]
  /** The documents of folders, the app's own not among them: `routes/admin/root.tsx`. */
  roots: string[]
  /** Files of own converters: `params/year.ts`. */
  params: string[]
  /** Names of the values that each route, layout and root file exports. */
  exports: Record<string, string[]>
  /** Pages with `hydrate = false`, which need no file in the browser. */
  unhydrated: string[]
  /** Where the files of batteries are; all others are in the app folder. */
  mounts: Record<string, string>
  /** Every mistake found, not only the first. */
  problems: HotclubError[]
}

/**
 * Builds the routes of an app.
 *
 * @param files Any files of the app and of batteries; those that are not scanned are passed over
 * @returns Routes, layouts and converters that could be read, and every problem with the others
 */
export function buildRoutes(files: readonly AppFile[]): ScanResult {
  const result: ScanResult = { routes: [], layouts: [], roots: [], params: [], exports: {}, unhydrated: [], mounts: {}, problems: [] }
  const scanned = withoutReplaced(files.filter(({ file }) => isScanned(file))).toSorted((a, b) => (a.file < b.file ? -1 : 1))
  if (!scanned.some(({ file }) => file === 'root.tsx')) result.problems.push(missingRoot())
  for (const { file, mountedFrom } of scanned) if (mountedFrom !== undefined) result.mounts[file] = mountedFrom
  const modules = scanned.filter((file) => hasTypeScriptName(file, result.problems))
  for (const file of modules) if (file.file.startsWith('params/')) addParam(file, result)
  for (const file of modules) if (isLayout(file.file)) addLayout(file, result)
  for (const file of modules) if (isRoot(file.file)) addRoot(file, result)
  for (const file of modules) if (file.file.startsWith('routes/') && !isLayout(file.file) && !isRoot(file.file)) addRoute(file, result)
  result.problems.push(...findConflicts(result.routes, [...result.layouts, ...result.roots]))
  result.routes.sort((a, b) => (a.id < b.id ? -1 : 1))
  return result
}

function addRoute({ file, source }: AppFile, result: ScanResult): void {
  const name = readRouteName(file)
  if (name.problems.length > 0) {
    result.problems.push(...name.problems)
    return
  }
  const own = result.params.map(paramName)
  for (const segment of name.segments)
    if (
      segment.kind !== 'static' &&
      segment.converter !== undefined &&
      !isBuiltInConverter(segment.converter) &&
      !own.includes(segment.converter)
    )
      result.problems.push(unknownConverter(file, segment.converter, own))
  const exports = readExports(file, source)
  const kind = kindOf(file, exports)
  record(file, kind, exports, result)
  if (exports?.hydrate === false) result.unhydrated.push(file)
  const root = rootAbove(file, result.roots)
  result.routes.push({ id: name.id, file, kind, segments: name.segments, root, layouts: layoutsAbove(file, root, result.layouts) })
}

function addLayout(file: AppFile, result: ScanResult): void {
  const twin = result.layouts.find((other) => layoutId(other) === layoutId(file.file))
  if (twin !== undefined)
    result.problems.push(
      new HotclubError('HC_ROUTE_CONFLICT', {
        where: `app/${file.file}`,
        message: `app/${twin} and app/${file.file} are both the layout of one folder.`,
        hint: 'Keep one of them.',
      }),
    )
  result.layouts.push(file.file)
  check(file, 'layout', result)
}

function addRoot(file: AppFile, result: ScanResult): void {
  if (file.file !== 'root.tsx') result.roots.push(file.file)
  check(file, 'root', result)
}

function addParam({ file, source }: AppFile, result: ScanResult): void {
  const name = paramName(file)
  const report = (message: string, hint: string): void => {
    result.problems.push(new HotclubError('HC_ROUTE_PARAM', { where: `app/${file}`, message, hint }))
  }
  if (isBuiltInConverter(name)) return report(`The converter '${name}' is built in.`, 'Give your own converter another name.')
  if (!/^[A-Za-z_][\w-]*$/.test(name))
    return report(
      `'${name}' cannot be the name of a converter.`,
      `Put the file directly into app/params and name it with letters, digits, '-' and '_', as in app/params/year.ts.`,
    )
  result.params.push(file)
  const exports = readExports(file, source)
  if (exports && !exports.names.has('default'))
    report(
      `The converter '${name}' has no default export.`,
      `Write 'export default defineParam({ parse, format })'; start the file's name with '_' if it is a helper.`,
    )
}

function check({ file, source }: AppFile, kind: 'layout' | 'root', result: ScanResult): void {
  record(file, kind, readExports(file, source), result)
}

function record(file: string, kind: 'page' | 'resource' | 'layout' | 'root', exports: ModuleExports | undefined, result: ScanResult): void {
  if (exports) result.problems.push(...checkExports(file, kind, exports))
  result.exports[file] = exports ? [...exports.names.keys()] : []
}

/** The nearest document above a file. */
function rootAbove(file: string, roots: readonly string[]): string {
  const above = roots.filter((root) => file.startsWith(folderOf(root)))
  return above.toSorted((a, b) => b.length - a.length)[0] ?? 'root.tsx'
}

/** Layouts of the folders that hold a file, outermost first: those that stand inside its document. */
function layoutsAbove(file: string, root: string, layouts: readonly string[]): string[] {
  return layouts
    .filter((layout) => file.startsWith(folderOf(layout)) && layout.startsWith(folderOf(root)))
    .toSorted((a, b) => a.split('/').length - b.split('/').length)
}

function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/') + 1)
}

function hasTypeScriptName({ file }: AppFile, problems: HotclubError[]): boolean {
  if (/\.tsx?$/.test(file)) return true
  problems.push(
    new HotclubError('HC_ROUTE_NAME', {
      where: `app/${file}`,
      message: 'Routes and converters are TypeScript files.',
      hint: `Rename it to end with .tsx (a page) or .ts; start the name with '_' if it is a helper.`,
    }),
  )
  return false
}

function unknownConverter(file: string, name: string, own: string[]): HotclubError {
  const near = closest(name, [...Object.keys(builtInConverters), ...own])
  return new HotclubError('HC_ROUTE_PARAM', {
    where: `app/${file}`,
    message: `There is no converter '${name}'.`,
    hint: `${near ? `Did you mean '${near}'? ` : ''}Built in are ${Object.keys(builtInConverters).join(', ')}; define your own in app/params/${name}.ts.`,
  })
}

function missingRoot(): HotclubError {
  return new HotclubError('HC_ROUTE_ROOT', {
    where: 'app/root.tsx',
    message: 'The app has no root.',
    hint: 'Create app/root.tsx whose default export renders the document: <html>, <head> with <Head />, <body> with {children} and <Scripts />.',
  })
}
