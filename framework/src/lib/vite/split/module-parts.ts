/** A module taken apart into the pieces that the split keeps or drops one by one. */
import type { ESTree } from 'vite'
import type { Node, Range, Statement } from './ast.ts'
import { type FreeNames, freeNames, namesIn } from './free-names.ts'

/** A piece that stays or goes as a whole. */
export interface Part {
  /** Top-level names that exist because of this piece. */
  names: string[]
  /** What it uses from outside itself. */
  free: FreeNames
  /** The piece it cannot stay without: a destructured name needs the value it is taken from. */
  needs: Part | undefined
}

/** A declared variable: its value, and the names taken from it. */
export interface DeclaratorParts {
  node: ESTree.VariableDeclarator
  /** One for each entry of a pattern whose entries can go one by one; otherwise one for all names. */
  entries: Array<{ part: Part; node: Node }>
}

/** A top-level statement and its pieces. `keyword` is the range of `export ` before a declaration. */
export type StatementParts =
  | { kind: 'import'; node: ESTree.ImportDeclaration; specifiers: Array<{ node: Node; part: Part | undefined }> }
  | { kind: 'declaration'; node: Statement; part: Part; keyword: Range | undefined }
  | { kind: 'variables'; node: Statement; declarators: DeclaratorParts[]; keyword: Range | undefined }
  | { kind: 'export list'; node: ESTree.ExportNamedDeclaration }
  | { kind: 'default'; node: ESTree.ExportDefaultDeclaration; part: Part }
  | { kind: 'export all'; node: ESTree.ExportAllDeclaration }
  | { kind: 'effect'; node: Statement; part: Part }
  | { kind: 'types'; node: Statement }

/** Takes one top-level statement apart. */
export function partsOf(node: Statement): StatementParts {
  switch (node.type) {
    case 'ImportDeclaration':
      return {
        kind: 'import',
        node,
        specifiers: node.specifiers.map((specifier) => ({ node: specifier, part: imported(node, specifier) })),
      }
    case 'ExportAllDeclaration':
      return { kind: 'export all', node }
    case 'ExportDefaultDeclaration':
      return { kind: 'default', node, part: partFor(node.declaration, declaredBy(node.declaration)) }
    case 'ExportNamedDeclaration':
      return node.declaration
        ? declared(node, node.declaration, { start: node.start, end: node.declaration.start })
        : { kind: 'export list', node }
    default:
      return declared(node, node, undefined)
  }
}

/** Every piece of a statement. */
export function piecesOf(statement: StatementParts): Part[] {
  switch (statement.kind) {
    case 'import':
      return statement.specifiers.flatMap(({ part }) => part ?? [])
    case 'variables':
      return statement.declarators.flatMap(({ entries }) => entries.map(({ part }) => part))
    case 'declaration':
    case 'default':
    case 'effect':
      return [statement.part]
    default:
      return []
  }
}

function declared(node: Statement, declaration: Node, keyword: Range | undefined): StatementParts {
  switch (declaration.type) {
    case 'VariableDeclaration':
      return declaration.declare
        ? { kind: 'types', node }
        : { kind: 'variables', node, keyword, declarators: declaration.declarations.map(declarator) }
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSNamespaceExportDeclaration':
      return { kind: 'types', node }
    case 'TSEnumDeclaration':
    case 'TSModuleDeclaration':
    case 'TSImportEqualsDeclaration':
    case 'TSDeclareFunction':
    case 'FunctionDeclaration':
    case 'ClassDeclaration': {
      const names = declaredBy(declaration)
      return names.length === 0 ? { kind: 'types', node } : { kind: 'declaration', node, keyword, part: partFor(declaration, names) }
    }
    default:
      return { kind: 'effect', node, part: partFor(declaration, []) }
  }
}

/** The run-time names of a declaration; none for what only types see. */
function declaredBy(node: Node): string[] {
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'TSDeclareFunction':
    case 'TSEnumDeclaration':
    case 'TSModuleDeclaration':
      return (!('declare' in node) || !node.declare || node.type === 'TSDeclareFunction') && node.id?.type === 'Identifier'
        ? [node.id.name]
        : []
    case 'TSImportEqualsDeclaration':
      return node.importKind === 'type' ? [] : [node.id.name]
    default:
      return []
  }
}

function partFor(node: Node, names: string[]): Part {
  return { names, free: freeNames(node), needs: undefined }
}

function imported(node: ESTree.ImportDeclaration, specifier: ESTree.ImportDeclarationSpecifier): Part | undefined {
  const isType = node.importKind === 'type' || (specifier.type === 'ImportSpecifier' && specifier.importKind === 'type')
  return isType ? undefined : { names: [specifier.local.name], free: freeNames(), needs: undefined }
}

function declarator(node: ESTree.VariableDeclarator): DeclaratorParts {
  const entries = separableEntries(node.id)
  if (!entries) return { node, entries: [{ node, part: partFor(node, namesIn(node.id)) }] }
  const needs = node.init ? partFor(node.init, []) : undefined
  return {
    node,
    entries: entries.map((entry) => ({ node: entry, part: { names: namesIn(entryPattern(entry)), free: freeNames(entry), needs } })),
  }
}

/** The entries of a pattern, unless a rest element at its end depends on all of them. */
function separableEntries(pattern: Node): Node[] | undefined {
  if (pattern.type === 'ObjectPattern') return pattern.properties.some(isRest) ? undefined : pattern.properties
  if (pattern.type === 'ArrayPattern')
    return pattern.elements.some((element) => element && isRest(element))
      ? undefined
      : pattern.elements.filter((element) => element !== null)
  return undefined
}

function isRest(node: Node): boolean {
  return node.type === 'RestElement'
}

function entryPattern(entry: Node): Node {
  return entry.type === 'Property' ? entry.value : entry
}
