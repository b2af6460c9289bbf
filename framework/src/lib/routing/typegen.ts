/** Writes the types of an app's routes: what `hotclub` cannot know until it has seen the folder. */
import { join, relative, sep } from 'node:path'
import { layoutId, paramName } from './app-files.ts'
import type { ScanResult } from './build-routes.ts'
import { isBuiltInConverter, PATH_CONVERTER } from './converters.ts'
import { pathOf } from './mounts.ts'
import { readRouteName } from './route-name.ts'
import type { Segment } from './types.ts'

/** What the types are made from. */
export interface TypegenInput extends Pick<ScanResult, 'routes' | 'layouts' | 'roots' | 'params' | 'exports' | 'mounts'> {
  /** Absolute path of the app folder. */
  appDir: string
  /** Absolute path of the folder the types go to: `.hotclub/types`. */
  outDir: string
}

/** A file to write. */
export interface GeneratedFile {
  /** Absolute. */
  path: string
  text: string
}

interface TableEntry {
  id: string
  kind: 'page' | 'resource' | 'layout'
  file: string
  segments: Segment[]
}

const notice = '// Written by Hotclub from the files in app/. Changes are overwritten.\n'

/**
 * Generates the types of an app's routes. Pure: writing them is left to the caller.
 *
 * @returns `routes.d.ts`, which fills `RouteTable`, and `checks.ts`, which fails the type check for a file that names
 *   another route than its own; files of batteries are not looked at
 */
export function generateTypes(input: TypegenInput): GeneratedFile[] {
  const entries = uniqueById([
    { id: 'root', kind: 'layout', file: 'root.tsx', segments: [] },
    ...[...input.layouts, ...input.roots].map((file) => ({
      id: layoutId(file),
      kind: 'layout' as const,
      file,
      segments: segmentsOfLayout(file),
    })),
    ...input.routes,
  ])
  return [
    { path: join(input.outDir, 'routes.d.ts'), text: tableText(input, entries) },
    { path: join(input.outDir, 'checks.ts'), text: checksText(input, entries) },
  ]
}

function tableText(input: TypegenInput, entries: TableEntry[]): string {
  const lines = entries.map(
    (entry) =>
      `    ${quote(entry.id)}: { kind: '${entry.kind}'; params: ${paramsType(input, entry.segments)}; ${searchTypes(input, entry)} }`,
  )
  return `${notice}import type { AnySearch, ParamOf, RawSearch, SearchInput, SearchOutput } from 'hotclub'

declare module 'hotclub' {
  interface RouteTable {
${lines.join('\n')}
  }
}
`
}

function checksText(input: TypegenInput, entries: TableEntry[]): string {
  const lines = entries
    .filter(({ file }) => Object.hasOwn(input.exports, file) && !Object.hasOwn(input.mounts, file))
    .map(({ id, file }) => `  Assert<RouteCheck<${moduleType(input, file)}, ${quote(id)}, ${quote(`app/${file}`)}>['problems']>,`)
  return `${notice}import type { Assert, RouteCheck } from 'hotclub'

/** An error here means: the file named in it holds the id of another route, or an export of the wrong type. */
export type Checks = [
${lines.join('\n')}
]
`
}

function searchTypes(input: TypegenInput, { file, kind }: TableEntry): string {
  if (kind === 'layout') return 'search: unknown; searchInput: AnySearch'
  if (!input.exports[file]?.includes('search')) return 'search: RawSearch; searchInput: AnySearch'
  const schema = `${moduleType(input, file)}['search']`
  return `search: SearchOutput<${schema}>; searchInput: SearchInput<${schema}>`
}

function paramsType(input: TypegenInput, segments: Segment[]): string {
  const fields = segments.flatMap((segment) => {
    if (segment.kind === 'static') return []
    const type = paramType(input, segment.converter)
    if (segment.kind === 'rest') return [`${segment.name}: ${segment.converter === PATH_CONVERTER ? type : `Array<${type}>`}`]
    return [segment.optional ? `${segment.name}?: ${type} | undefined` : `${segment.name}: ${type}`]
  })
  return fields.length === 0 ? '{}' : `{ ${fields.join('; ')} }`
}

function paramType(input: TypegenInput, converter: string | undefined): string {
  if (converter === undefined) return 'string'
  if (isBuiltInConverter(converter)) return converter === 'int' ? 'number' : 'string'
  const file = input.params.find((param) => paramName(param) === converter)
  return file === undefined ? 'unknown' : `ParamOf<${moduleType(input, file)}['default']>`
}

/** A layout sees the params of the folders it stands in. */
/** Those of the folder that a layout or root stands in. */
function segmentsOfLayout(file: string): Segment[] {
  return readRouteName(file.replace(/(?:layout|root)\.tsx?$/, 'index.tsx')).segments
}

function moduleType({ appDir, mounts, outDir }: TypegenInput, file: string): string {
  return `typeof import(${quote(relative(outDir, pathOf(appDir, mounts, file)).replaceAll(sep, '/'))})`
}

/** Conflicts are reported elsewhere; a table with one id twice would only add noise. */
function uniqueById(entries: TableEntry[]): TableEntry[] {
  return [...new Map(entries.map((entry) => [entry.id, entry])).values()]
}

function quote(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll(`\\"`, '"').replaceAll("'", "\\'")}'`
}
