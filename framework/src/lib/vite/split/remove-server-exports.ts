/** The client half of a route file: its views, without its loaders and what only they need. */
import type { SourceMap } from 'magic-string'
import { HotclubError } from '../../core/hotclub-error.ts'
import { nameOf, parseModule, positionAt } from './ast.ts'
import { commentsByStatement } from './comments.ts'
import { Eraser } from './eraser.ts'
import { livePieces, type Roots } from './liveness.ts'
import { type Part, partsOf, piecesOf, type StatementParts } from './module-parts.ts'
import { mayBeServerFile, serverSpecifier } from './server-only.ts'
import { isKeptSpecifier, Trimmer } from './trimmer.ts'

export interface SplitOptions {
  /** The module's id; its extension tells the language. */
  id: string
  /** Names of the exports that stay. */
  keep: string[]
  /** How errors name the file (default: `id`). */
  file?: string
}

/**
 * Removes all exports but `keep`, and then everything that only they used: functions, variables, classes, enums, imports, and the
 * comments before them. Bare imports (`import './page.css'`) stay, and so do statements that have nothing to do with what went.
 *
 * Lines and columns of what stays do not move; the map's source is the stripped text.
 *
 * @returns `null` when there is nothing to remove
 * @throws {HotclubError} `HC_ROUTE_EXPORT` for `export * from`, whose names cannot be known
 * @throws {SourceSyntaxError} when the file cannot be parsed
 */
export function removeServerExports(code: string, options: SplitOptions): { code: string; map: SourceMap } | null {
  const { program, comments } = parseModule(code, options.id)
  const statements = program.body.map(partsOf)
  const exports = new Exports(statements, options.keep)
  for (const statement of statements) if (statement.kind === 'export all') refuseExportAll(statement, code, options)

  const live = livePieces(statements.flatMap(piecesOf), exports.roots(statements))
  const commentsOf = commentsByStatement(code, program.body, comments)
  const eraser = new Eraser(code)
  const trimmer = new Trimmer(code, eraser, live, exports.keep)
  for (const statement of statements) {
    const before = eraser.count
    if (stays(statement, live, exports)) trimmer.trim(statement)
    else eraser.eraseStatement(statement.node)
    if (eraser.count > before) for (const comment of commentsOf.get(statement.node) ?? []) eraser.erase(comment)
  }
  return eraser.count > 0 ? eraser.result(options.id) : null
}

/** Which names a module exports, and which of them stay. */
class Exports {
  readonly keep: Set<string>
  /** Top-level name → the names it is exported under, by `export { … }` lists. */
  #listed = new Map<string, string[]>()

  constructor(statements: StatementParts[], keep: string[]) {
    this.keep = new Set(keep)
    for (const { node } of statements)
      if (node.type === 'ExportNamedDeclaration' && !node.source && node.exportKind !== 'type')
        for (const { local, exported } of node.specifiers)
          this.#listed.set(nameOf(local), [...(this.#listed.get(nameOf(local)) ?? []), nameOf(exported)])
  }

  roots(statements: StatementParts[]): Roots {
    const roots: Roots = { kept: [], removed: [], effects: [] }
    for (const statement of statements) {
      if (statement.kind === 'effect') roots.effects.push(statement.part)
      if (statement.kind === 'import' && isFromServer(statement.node.source.value)) roots.removed.push(...piecesOf(statement))
      for (const part of piecesOf(statement)) {
        const exported = part.names.flatMap((name) => this.#listed.get(name) ?? [])
        if (statement.kind === 'default') exported.push('default')
        if ('keyword' in statement && statement.keyword) exported.push(...part.names)
        if (exported.some((name) => this.keep.has(name))) roots.kept.push(part)
        if (exported.some((name) => !this.keep.has(name))) roots.removed.push(part)
      }
    }
    return roots
  }
}

/** A statement that touches an import like this was not meant for the browser, though no loader uses the import. */
function isFromServer(source: string): boolean {
  return serverSpecifier(source) !== undefined || mayBeServerFile(source)
}

function refuseExportAll(
  { node }: Extract<StatementParts, { kind: 'export all' }>,
  code: string,
  { id, file = id, keep }: SplitOptions,
): void {
  if (node.exportKind === 'type' || node.exported) return
  throw new HotclubError('HC_ROUTE_EXPORT', {
    where: `${file}:${positionAt(code, node.start).line}`,
    message: `'export * from ${node.source.raw}' hides what this file exports, so its server code cannot be told from its view.`,
    hint: `Name what it exports: export { ${['loader', ...keep].join(', ')} } from ${node.source.raw}`,
  })
}

function stays(statement: StatementParts, live: Set<Part>, { keep }: Exports): boolean {
  switch (statement.kind) {
    case 'types':
      return true
    case 'import':
      return statement.specifiers.length === 0 || statement.specifiers.some(({ part }) => part && live.has(part))
    case 'export list':
      return statement.node.exportKind === 'type' || statement.node.specifiers.some((specifier) => isKeptSpecifier(specifier, keep))
    case 'export all':
      return statement.node.exportKind === 'type' || (statement.node.exported !== null && keep.has(nameOf(statement.node.exported)))
    default:
      return piecesOf(statement).some((part) => live.has(part))
  }
}
