/** Takes the dead pieces out of a statement that stays. */
import type { ESTree } from 'vite'
import { nameOf, type Range } from './ast.ts'
import { skipTrivia } from './comments.ts'
import type { Eraser } from './eraser.ts'
import type { DeclaratorParts, Part, StatementParts } from './module-parts.ts'

type Of<K extends StatementParts['kind']> = Extract<StatementParts, { kind: K }>

export function isKeptSpecifier({ exported, exportKind }: ESTree.ExportSpecifier, keep: Set<string>): boolean {
  return exportKind !== 'type' && keep.has(nameOf(exported))
}

export class Trimmer {
  readonly #code: string
  readonly #eraser: Eraser
  readonly #live: Set<Part>
  readonly #keep: Set<string>

  constructor(code: string, eraser: Eraser, live: Set<Part>, keep: Set<string>) {
    this.#code = code
    this.#eraser = eraser
    this.#live = live
    this.#keep = keep
  }

  trim(statement: StatementParts): void {
    switch (statement.kind) {
      case 'import':
        this.#import(statement)
        return
      case 'export list':
        if (statement.node.exportKind === 'type') return
        this.#list(
          statement.node.specifiers,
          (specifier) => isKeptSpecifier(specifier, this.#keep),
          (specifier) => specifier,
        )
        return
      case 'declaration':
        if (statement.keyword && !statement.part.names.some((name) => this.#keep.has(name))) this.#eraser.erase(statement.keyword)
        return
      case 'variables':
        this.#variables(statement)
        return
      default:
        return
    }
  }

  #isLive = ({ part }: { part: Part | undefined }): boolean => part !== undefined && this.#live.has(part)

  #import({ specifiers }: Of<'import'>): void {
    const [first, ...rest] = specifiers
    if (first?.node.type !== 'ImportDefaultSpecifier') {
      this.#list(
        specifiers,
        ({ part }) => !part || this.#live.has(part),
        ({ node }) => node,
      )
      return
    }
    if (!this.#isLive(first)) this.#eraser.erase({ start: first.node.start, end: skipTrivia(this.#code, first.node.end) + 1 })
    if (rest.length === 0) return
    if (rest.some(this.#isLive)) this.#list(rest, this.#isLive, ({ node }) => node)
    else this.#eraser.erase({ start: first.node.end, end: this.#endOfSpecifiers(rest.at(-1)!.node) })
  }

  /** Behind the closing brace of a list that ends with `last`, or behind `* as last`. */
  #endOfSpecifiers(last: ESTree.Node): number {
    if (last.type === 'ImportNamespaceSpecifier') return last.end
    const next = skipTrivia(this.#code, last.end)
    return (this.#code[next] === ',' ? skipTrivia(this.#code, next + 1) : next) + 1
  }

  #variables({ declarators, keyword }: Of<'variables'>): void {
    const isLive = ({ entries }: DeclaratorParts): boolean => entries.some(this.#isLive)
    this.#list(declarators, isLive, ({ node }) => node)
    const living = declarators.filter(isLive)
    for (const { node, entries } of living) {
      if (node.id.type === 'ObjectPattern') this.#list(entries, this.#isLive, (entry) => entry.node)
      // An element leaves a hole, so that those after it keep their place.
      else for (const entry of entries) if (!this.#isLive(entry)) this.#eraser.erase(entry.node)
    }
    if (keyword)
      this.#keyword(
        keyword,
        living.flatMap(({ entries }) => entries.filter(this.#isLive).flatMap(({ part }) => part.names)),
      )
  }

  /** `export` stays only before declarations whose names all stay exported. */
  #keyword(keyword: Range, names: string[]): void {
    const kept = names.filter((name) => this.#keep.has(name))
    if (kept.length === names.length) return
    this.#eraser.erase(keyword)
    if (kept.length > 0) this.#eraser.append(`export { ${kept.join(', ')} }`)
  }

  /** Removes items of a comma-separated list of which at least one stays, with the commas that they leave over. */
  #list<T>(items: readonly T[], isLive: (item: T) => boolean, rangeOf: (item: T) => Range): void {
    const last = items.findLastIndex(isLive)
    items.forEach((item, index) => {
      if (isLive(item)) return
      const start = index > last ? rangeOf(items[last]!).end : rangeOf(item).start
      const end = index > last ? rangeOf(item).end : rangeOf(items[index + 1]!).start
      this.#eraser.erase({ start, end })
    })
  }
}
