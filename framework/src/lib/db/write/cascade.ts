/** What the database does by itself when rows go or change their keys: found beforehand, so that receivers can be told of each row. */
import type { ModelMetadata, ReferentialAction, RelationField } from '../../schema/types.ts'
import { findField, targetOf } from '../call/names.ts'
import { printFilter } from '../call/print-filter.ts'
import { delegateOf, type Row } from '../client/delegates.ts'
import type { Scope } from '../client/scope.ts'
import { updated, type RowEvent } from './events.ts'
import { referencesTo, sets } from './reach.ts'
import { keyText, rowText, sameRows, withKeys } from './row-key.ts'

/** A row that is written, or that the database writes along with one. */
interface Node {
  readonly model: ModelMetadata
  readonly before: Row
  isDeleted: boolean
  /** Keys that follow the row they lead to. */
  readonly follows: { readonly field: RelationField; readonly parent: Node }[]
  /** What was written to it, where it is one of those that the call is about. */
  written?: Row
}

/** More keys than these are asked for by several queries. */
const chunkSize = 500

export class Cascade {
  readonly #scope: Scope
  readonly #roots: readonly Node[]
  readonly #nodes = new Map<string, Node>()
  readonly #unlinked = new Map<string, readonly RowEvent[]>()

  private constructor(scope: Scope, model: ModelMetadata, rows: readonly Row[], isDeleted: boolean) {
    this.#scope = scope
    this.#roots = rows.map((row) => this.#node(model, row))
    for (const node of this.#roots) node.isDeleted = isDeleted
  }

  /** Finds what goes with rows. */
  static async ofDelete(scope: Scope, model: ModelMetadata, rows: readonly Row[]): Promise<Cascade> {
    const cascade = new Cascade(scope, model, rows, true)
    await cascade.#deleted(model, cascade.#roots)
    return cascade
  }

  /** Finds what follows rows that get other values in some columns. */
  static async ofUpdate(scope: Scope, model: ModelMetadata, rows: readonly Row[], columns: readonly string[]): Promise<Cascade> {
    const cascade = new Cascade(scope, model, rows, false)
    await cascade.#rekeyed(model, cascade.#roots, columns)
    return cascade
  }

  /** Takes the rows as they are written, in the order in which they were given. */
  written(rows: readonly Row[]): void {
    this.#roots.forEach((node, index) => (node.written = rows[index]!))
  }

  /** What happens, beside what the call says itself. What lies furthest from its rows comes first, as it does in the database. */
  events(): readonly RowEvent[] {
    const others = [...this.#nodes.values()].filter((node) => !this.#roots.includes(node)).toReversed()
    return [
      ...[...this.#unlinked.values()].flat(),
      ...others.flatMap((node): readonly RowEvent[] => {
        const { model, before, isDeleted } = node
        if (isDeleted) return [{ model, event: 'deleted', row: before }]
        const change = updated(model, before, rowAfter(node))
        return change ? [change] : []
      }),
    ]
  }

  async #deleted(model: ModelMetadata, parents: readonly Node[]): Promise<void> {
    await this.#findLinks(model, parents)
    for (const { child, field } of referencesTo(this.#scope.watchers.names.schema, model)) {
      const { onDelete, fields } = field.relation
      if (onDelete !== 'Cascade' && !sets(onDelete)) continue
      const children = await this.#children(child, field, parents)
      if (onDelete === 'Cascade') {
        const fresh = [...new Set(children.map(({ node }) => node))].filter((node) => !node.isDeleted)
        for (const node of fresh) node.isDeleted = true
        if (fresh.length > 0) await this.#deleted(child, fresh)
      } else await this.#follow(child, field, children, fields)
    }
  }

  async #rekeyed(model: ModelMetadata, parents: readonly Node[], columns: readonly string[]): Promise<void> {
    for (const { child, field } of referencesTo(this.#scope.watchers.names.schema, model)) {
      const { onUpdate, references, fields } = field.relation
      if (!references.some((name) => columns.includes(name)) || (onUpdate !== 'Cascade' && !sets(onUpdate))) continue
      await this.#follow(child, field, await this.#children(child, field, parents), fields)
    }
  }

  async #follow(
    child: ModelMetadata,
    field: RelationField,
    children: readonly { node: Node; parent: Node }[],
    columns: readonly string[],
  ): Promise<void> {
    const fresh = children.filter(({ node }) => !node.follows.some((other) => other.field === field))
    for (const { node, parent } of fresh) node.follows.push({ field, parent })
    if (fresh.length > 0)
      await this.#rekeyed(
        child,
        fresh.map(({ node }) => node),
        columns,
      )
  }

  async #children(child: ModelMetadata, field: RelationField, parents: readonly Node[]): Promise<{ node: Node; parent: Node }[]> {
    const { fields, references } = field.relation
    const byKey = new Map<string, Node>()
    const keys: unknown[][] = []
    for (const parent of parents) {
      const values = references.map((name) => parent.before[name])
      if (values.includes(null)) continue
      byKey.set(keyText(values), parent)
      keys.push(values)
    }
    const found: { node: Node; parent: Node }[] = []
    for (const some of inChunks(keys))
      for (const row of await delegateOf(this.#scope.prisma, child).findMany({ where: printFilter(withKeys(child, fields, some)) })) {
        const parent = byKey.get(keyText(fields.map((name) => row[name])))
        if (parent) found.push({ node: this.#node(child, row), parent })
      }
    return found
  }

  /** Links go with the rows at their ends. */
  async #findLinks(model: ModelMetadata, nodes: readonly Node[]): Promise<void> {
    const { watchers, prisma } = this.#scope
    for (const field of model.fields) {
      if (field.kind !== 'relation' || field.relation.cardinality !== 'many-to-many') continue
      const target = targetOf(watchers.names, field)
      const isHeard = [model, target].some((end) => watchers.receiversOf(end, 'unlinked').length > 0)
      if (!isHeard) {
        for (const end of [model, target]) this.#scope.changed([{ model: end, kind: 'link', rows: [] }])
        continue
      }
      for (const some of inChunks(nodes)) {
        const where = printFilter(
          sameRows(
            model,
            some.map(({ before }) => before),
          ),
        )
        for (const { [field.name]: others, ...row } of await delegateOf(prisma, model).findMany({ where, include: { [field.name]: true } }))
          for (const other of others as Row[]) this.#unlink(model, field, row, target, other)
      }
    }
  }

  #unlink(model: ModelMetadata, field: RelationField, row: Row, target: ModelMetadata, other: Row): void {
    const ends = [
      `${model.name}.${field.name} ${rowText(model, row)}`,
      `${target.name}.${field.relation.backField} ${rowText(target, other)}`,
    ]
    this.#unlinked.set(ends.toSorted().join(), linkEvents('unlinked', model, field, row, target, other))
  }

  #node(model: ModelMetadata, before: Row): Node {
    const key = `${model.name} ${rowText(model, before)}`
    let node = this.#nodes.get(key)
    if (!node) this.#nodes.set(key, (node = { model, before, isDeleted: false, follows: [] }))
    return node
  }
}

/** A link as its two rows see it. */
export function linkEvents(
  event: 'linked' | 'unlinked',
  model: ModelMetadata,
  field: RelationField,
  row: Row,
  target: ModelMetadata,
  other: Row,
): readonly RowEvent[] {
  return [
    { model, event, row, field: field.name, other },
    { model: target, event, row: other, field: field.relation.backField, other: row },
  ]
}

function rowAfter({ model, before, follows, written }: Node): Row {
  return written ?? (Object.assign({ ...before }, ...follows.map(({ field, parent }) => keyAfter(model, field, parent))) as Row)
}

/** The columns of a key, once the row that it leads to has gone or has another key itself. */
function keyAfter(model: ModelMetadata, { relation }: RelationField, parent: Node): Row {
  const { fields, references, onDelete, onUpdate } = relation
  const values = (action: ReferentialAction | undefined, after: Row): Row =>
    Object.fromEntries(
      fields.map((name, index) => [
        name,
        action === 'Cascade' ? after[references[index]!] : action === 'SetDefault' ? defaultOf(model, name) : null,
      ]),
    )
  if (parent.isDeleted) return onDelete === 'Cascade' ? {} : values(onDelete, {})
  const after = rowAfter(parent)
  const keyOf = (row: Row): string => keyText(references.map((name) => row[name]))
  return keyOf(after) === keyOf(parent.before) ? {} : values(onUpdate, after)
}

function defaultOf(model: ModelMetadata, name: string): unknown {
  const field = findField(model, name)
  return field && 'default' in field && field.default?.kind === 'value' ? field.default.value : null
}

export function* inChunks<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += chunkSize) yield items.slice(start, start + chunkSize)
}
