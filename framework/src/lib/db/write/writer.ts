/** The simple writes that all others are made of. Whoever restricts writes does it here: see the writer of policies. */
import type { ModelMetadata, RelationField } from '../../schema/types.ts'
import { nothing, type Filter, type OneRow } from '../call/filter.ts'
import { targetOf, type Names } from '../call/names.ts'
import { printFilter, printOneRow } from '../call/print-filter.ts'
import { printRead } from '../call/print-read.ts'
import type { Selection } from '../call/read.ts'
import { delegateOf, type Client, type Row } from '../client/delegates.ts'
import { keyOfRow } from './row-key.ts'

export type Columns = Readonly<Record<string, unknown>>

/** What is to be done with a row that is looked for. */
export type Action = 'read' | 'create' | 'update' | 'delete'

/** The writes of one call, in its transaction. */
export class Writer {
  readonly names: Names
  readonly client: Client

  constructor(names: Names, client: Client) {
    this.names = names
    this.client = client
  }

  /** Finds a row; `null` where there is none. */
  async find(model: ModelMetadata, row: OneRow, action: Action): Promise<Row | null> {
    return await delegateOf(this.client, model).findUnique({ where: this.#where(model, row, action) })
  }

  /** @throws Prisma's error `P2025` where {@link find} gives `null` */
  async get(model: ModelMetadata, row: OneRow, action: Action): Promise<Row> {
    return await delegateOf(this.client, model).findUniqueOrThrow({ where: this.#where(model, row, action) })
  }

  /** @throws Prisma's error `P2025`, as {@link get} */
  async noRow(model: ModelMetadata): Promise<Row> {
    return await delegateOf(this.client, model).findFirstOrThrow({ where: printFilter(nothing) })
  }

  /** Finds the first of some rows. */
  async first(model: ModelMetadata, filter: Filter): Promise<Row | null> {
    return await delegateOf(this.client, model).findFirst({ where: printFilter(this.rows(model, filter, 'read')) })
  }

  async all(model: ModelMetadata, filter: Filter): Promise<Row[]> {
    return await delegateOf(this.client, model).findMany({ where: printFilter(this.rows(model, filter, 'read')) })
  }

  /** @param keys Columns that lead to rows which the call has at hand */
  async create(model: ModelMetadata, columns: Columns, keys: Columns = {}): Promise<Row> {
    return await delegateOf(this.client, model).create({ data: { ...columns, ...keys } })
  }

  /** @param keys Columns that lead to rows which the call has at hand */
  async update(model: ModelMetadata, row: OneRow, columns: Columns, keys: Columns = {}): Promise<Row> {
    return await delegateOf(this.client, model).update({ where: this.#where(model, row, 'update'), data: { ...columns, ...keys } })
  }

  async updateMany(model: ModelMetadata, filter: Filter, columns: Columns): Promise<unknown> {
    return await delegateOf(this.client, model).updateMany({ where: printFilter(this.rows(model, filter, 'update')), data: columns })
  }

  async delete(model: ModelMetadata, row: OneRow): Promise<void> {
    await delegateOf(this.client, model).delete({ where: this.#where(model, row, 'delete') })
  }

  async deleteMany(model: ModelMetadata, filter: Filter, options: object = {}): Promise<{ count: number }> {
    return await delegateOf(this.client, model).deleteMany({ where: printFilter(this.rows(model, filter, 'delete')), ...options })
  }

  /** Links two rows of a many-to-many relation, or ends that. */
  async link(model: ModelMetadata, row: Row, field: RelationField, other: Row, kind: 'connect' | 'disconnect'): Promise<void> {
    await delegateOf(this.client, model).update({
      where: printFilter(keyOfRow(model, row)),
      data: { [field.name]: { [kind]: printFilter(keyOfRow(targetOf(this.names, field), other)) } },
    })
  }

  /** Reads what the call gives back of rows that it has written. */
  async readBack(model: ModelMetadata, filter: Filter, selection: Selection): Promise<Row[]> {
    return await delegateOf(this.client, model).findMany(printRead({ model, filter, order: [], distinct: [], selection }))
  }

  /** Is told that a row was changed by what happened to its relations. */
  changed(_model: ModelMetadata, _row: Row): void {}

  /** Is told of a field before it is written. */
  checkField(_model: ModelMetadata, _name: string, _action: 'create' | 'update'): void {}

  /** Ends the call. */
  async verify(): Promise<void> {}

  /** The rows with which something may be done. */
  protected rows(_model: ModelMetadata, filter: Filter, _action: Action): Filter {
    return filter
  }

  #where(model: ModelMetadata, { key, filter }: OneRow, action: Action): Record<string, unknown> {
    return printOneRow({ key, filter: this.rows(model, filter, action) })
  }
}
