/** Reads what a route, layout or root file exports, and checks it against what such a file may export. */
import { parseSync, type Expression, type Program } from 'oxc-parser'
import { closest } from '../core/closest.ts'
import { HotclubError } from '../core/hotclub-error.ts'
import { METHODS } from '../core/methods.ts'

/** The kinds of file the exports of which are checked. */
export type ModuleKind = 'page' | 'resource' | 'layout' | 'root'

/** What each kind of file may export, in the order people write it. */
export const allowedExports: Readonly<Record<ModuleKind, readonly string[]>> = {
  page: [
    'default',
    'loader',
    'action',
    'actions',
    'head',
    'search',
    'headers',
    'middleware',
    'permission',
    'security',
    'cache',
    'hydrate',
    'ErrorView',
  ],
  resource: [...METHODS, 'search', 'middleware', 'permission', 'security', 'cache'],
  layout: ['default', 'loader', 'head', 'headers', 'middleware', 'permission', 'security', 'ErrorView'],
  root: ['default', 'loader', 'head', 'headers', 'middleware', 'permission', 'security', 'ErrorView'],
}

/** What can be known of a file without running it. */
export interface ModuleExports {
  /** Names of values, types left out, with the line each stands on. */
  names: Map<string, number>
  /** Lines with `export * from`, whose names cannot be seen. */
  stars: number[]
  /** `hydrate` as written: `undefined` when there is none, `'unknown'` when it is not a plain `true` or `false`. */
  hydrate: boolean | 'unknown' | undefined
}

/**
 * Reads the exports of a TypeScript file from its text.
 *
 * @returns `undefined` when the text has a syntax error, which the build shows better
 */
export function readExports(file: string, source: string): ModuleExports | undefined {
  const { errors, module, program } = parseSync(file, source)
  if (errors.some((error) => error.severity === 'Error')) return undefined
  const names = new Map<string, number>()
  const stars: number[] = []
  for (const statement of module.staticExports)
    for (const { isType, exportName, start } of statement.entries) {
      if (isType) continue
      const line = lineAt(source, exportName.start ?? start)
      if (exportName.kind === 'None') stars.push(line)
      else names.set(exportName.kind === 'Default' ? 'default' : exportName.name!, line)
    }
  return { names, stars, hydrate: names.has('hydrate') ? literalHydrate(program) : undefined }
}

/** A `.tsx` file is a page, unless it has method handlers and no view; a `.ts` file is a resource route. */
export function kindOf(file: string, exports: ModuleExports | undefined): 'page' | 'resource' {
  if (!file.endsWith('.tsx')) return 'resource'
  if (!exports || exports.names.has('default')) return 'page'
  return METHODS.some((method) => exports.names.has(method)) ? 'resource' : 'page'
}

/** Lists every mistake in what a file exports. `file` is relative to the app folder. */
export function checkExports(file: string, kind: ModuleKind, exports: ModuleExports): HotclubError[] {
  const { names } = exports
  const problems: HotclubError[] = []
  const report = (line: number | undefined, message: string, hint: string): void => {
    const where = line === undefined ? `app/${file}` : `app/${file}:${line}`
    problems.push(new HotclubError('HC_ROUTE_EXPORT', { where, message, hint }))
  }

  for (const line of exports.stars)
    report(line, `What 'export *' brings cannot be seen.`, `Name the exports: export { loader } from '…'. ${listOf(kind)}`)
  for (const [name, line] of names) {
    if (allowedExports[kind].includes(name)) continue
    const elsewhere = kindsWith(name)
    if (kind === 'resource' && name === 'default')
      report(
        line,
        'A .ts route answers with method handlers; it has no view.',
        'Rename the file to .tsx to make it a page, or export GET, POST, ….',
      )
    else if (kind === 'page' && elsewhere.includes('resource'))
      report(
        line,
        `'${name}' is a method handler, but this file is a page.`,
        'Move the handlers to a resource route (.ts), or use loader and action here.',
      )
    else if (elsewhere.length > 0)
      report(
        line,
        `'${name}' is not an export of a ${nameOf(kind)}.`,
        `It belongs to a ${elsewhere.map(nameOf).join(' or ')}. ${listOf(kind)}`,
      )
    else {
      const near = closest(name, allowedExports[kind])
      report(
        line,
        `'${name}' is not a route export.`,
        `${near ? `Did you mean '${near}'? ` : ''}${listOf(kind)} Move helpers to a file whose name starts with '_'.`,
      )
    }
  }
  if (names.has('action') && names.has('actions'))
    report(names.get('actions'), `'action' and 'actions' stand side by side.`, `Keep one: move 'action' into 'actions' under a name.`)
  if (exports.hydrate === 'unknown')
    report(
      names.get('hydrate'),
      `'hydrate' is not a plain true or false.`,
      `Write 'export const hydrate = false': the build reads it without running the file.`,
    )
  if (exports.stars.length === 0) checkPurpose(kind, names, report)
  return problems
}

/** A file must be good for something: a page for its view, a resource route for a method. */
function checkPurpose(
  kind: ModuleKind,
  names: Map<string, number>,
  report: (line: undefined, message: string, hint: string) => void,
): void {
  if (names.size === 0)
    report(undefined, 'The file exports nothing.', `${listOf(kind)} Start the name with '_' if it is no ${nameOf(kind)}.`)
  else if ((kind === 'page' || kind === 'root') && !names.has('default'))
    report(
      undefined,
      `This ${nameOf(kind)} has no view.`,
      `Export a React component as default${kind === 'page' ? ', or method handlers (GET, POST, …) for a resource route' : ''}.`,
    )
  else if (kind === 'resource' && !names.has('default') && !METHODS.some((method) => names.has(method)))
    report(
      undefined,
      'This resource route handles no method.',
      `Export at least one of ${METHODS.join(', ')}; a page is a .tsx file with a default export.`,
    )
}

function kindsWith(name: string): ModuleKind[] {
  return (Object.keys(allowedExports) as ModuleKind[]).filter((kind) => allowedExports[kind].includes(name))
}

function listOf(kind: ModuleKind): string {
  return `A ${nameOf(kind)} may export ${allowedExports[kind].join(', ')}.`
}

function nameOf(kind: ModuleKind): string {
  return { page: 'page', resource: 'resource route', layout: 'layout', root: 'root' }[kind]
}

function literalHydrate(program: Program): boolean | 'unknown' {
  for (const statement of program.body) {
    if (statement.type !== 'ExportNamedDeclaration' || statement.declaration?.type !== 'VariableDeclaration') continue
    for (const { id, init } of statement.declaration.declarations)
      if (id.type === 'Identifier' && id.name === 'hydrate') return booleanOf(init)
  }
  return 'unknown'
}

function booleanOf(expression: Expression | null): boolean | 'unknown' {
  if (expression?.type === 'TSAsExpression' || expression?.type === 'TSSatisfiesExpression') return booleanOf(expression.expression)
  return expression?.type === 'Literal' && typeof expression.value === 'boolean' ? expression.value : 'unknown'
}

function lineAt(source: string, offset: number): number {
  return source.slice(0, offset).split('\n').length
}
