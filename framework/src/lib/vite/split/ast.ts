/** Reading source files as syntax trees, the way the build itself does (oxc, through Vite). */
import { parseSync, type ESTree } from 'vite'

export type Node = ESTree.Node
export type Statement = ESTree.Program['body'][number]

/** A half-open range of the source, in UTF-16 units. */
export interface Range {
  start: number
  end: number
}

/** A file's tree and its comments, which the tree itself leaves out. */
export interface SourceTree {
  program: ESTree.Program
  comments: Range[]
}

/** A syntax error in the shape that Vite's overlay and terminal show with a code frame. */
class SourceSyntaxError extends SyntaxError {
  readonly id: string
  readonly loc: { file: string; line: number; column: number }
  readonly frame: string

  constructor(code: string, id: string, message: string, start: number, frame: string) {
    super(message)
    this.id = id
    this.loc = { file: id, ...positionAt(code, start) }
    this.frame = frame
  }
}

/**
 * Parses a module. The extension of `id` tells the language; plain `.js` may hold JSX.
 *
 * @throws {SourceSyntaxError} with file, line and code frame
 */
export function parseModule(code: string, id: string): SourceTree {
  const file = fileOf(id)
  const { program, comments, errors } = parseSync(file, code, { lang: languageOf(file), sourceType: 'module' })
  const error = errors.find(({ severity }) => severity === 'Error')
  if (error) throw new SourceSyntaxError(code, file, error.message, error.labels[0]?.start ?? 0, error.codeframe ?? '')
  return { program, comments }
}

/** The file behind a module id: the id without its query. */
export function fileOf(id: string): string {
  const query = id.search(/[?#]/)
  return query === -1 ? id : id.slice(0, query)
}

function languageOf(file: string): 'ts' | 'tsx' | 'jsx' {
  if (/\.[cm]?ts$/.test(file)) return 'ts'
  return file.endsWith('.tsx') ? 'tsx' : 'jsx'
}

/** Line (from 1) and column (from 0) of an offset. */
export function positionAt(code: string, offset: number): { line: number; column: number } {
  let line = 1
  let lineStart = 0
  for (let at = code.indexOf('\n'); at !== -1 && at < offset; at = code.indexOf('\n', at + 1)) {
    line++
    lineStart = at + 1
  }
  return { line, column: offset - lineStart }
}

/** Calls `visit` for each direct child of a node, in the order of the source. */
export function forEachChild(node: Node, visit: (child: Node) => void): void {
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) visit(item)
    } else if (isNode(value)) visit(value)
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

/** The text of an export or import name, which may be written as a string. */
export function nameOf(name: ESTree.ModuleExportName): string {
  return name.type === 'Literal' ? name.value : name.name
}
