/**
 * The simple writes for somebody whom policies hold for. Here, and nowhere else, stands what a write has to satisfy.
 *
 * A row may be changed or deleted if it can be read and the rule lets it through; what is written has to satisfy the rule once the whole call is done.
 */
import { HttpError } from '../../core/results.ts'
import { allOf, everything, nothing, type Filter, type OneRow } from '../../db/call/filter.ts'
import { findField, targetOf } from '../../db/call/names.ts'
import { printFilter, printOneRow } from '../../db/call/print-filter.ts'
import type { Selection } from '../../db/call/read.ts'
import { isPlain, unreadable } from '../../db/call/values.ts'
import { delegateOf, type Client, type Row } from '../../db/client/delegates.ts'
import { createRows } from '../../db/write/create-rows.ts'
import { identityColumns, keyFilter, sameRows } from '../../db/write/row-key.ts'
import { Writer, type Columns } from '../../db/write/writer.ts'
import type { ModelMetadata, RelationField } from '../../schema/types.ts'
import type { Guard } from './guard.ts'
import { readWritten } from './reads.ts'
import { restrictFilter } from './restrict-filter.ts'
import type { Action } from './policy.ts'

/** The writes of one call, in its transaction, for one user. */
export class GuardedWriter extends Writer {
  readonly guard: Guard
  readonly #written: { model: ModelMetadata; action: 'create' | 'update'; rows: Filter; count: number }[] = []

  constructor(guard: Guard, client: Client) {
    super(guard, client)
    this.guard = guard
  }

  override async create(model: ModelMetadata, columns: Columns, keys: Columns = {}): Promise<Row> {
    this.#checkRule(model)
    this.#checkColumns(model, 'create', { ...columns, ...keys })
    await this.#checkLinks(model, columns, keys)
    const created = await super.create(model, columns, keys)
    this.#note(model, 'create', [created])
    return created
  }

  async createMany(model: ModelMetadata, rows: readonly Columns[], options: { skipDuplicates?: unknown }): Promise<Row[]> {
    this.#checkRule(model)
    for (const columns of rows) {
      this.#checkColumns(model, 'create', columns)
      await this.#checkLinks(model, columns)
    }
    const created = await createRows(this.guard.schema, delegateOf(this.client, model), rows, options)
    this.#note(model, 'create', created)
    return created
  }

  override async update(model: ModelMetadata, row: OneRow, columns: Columns, keys: Columns = {}): Promise<Row> {
    this.#checkColumns(model, 'update', { ...columns, ...keys })
    // Of a row that is not there, a wrong key is not the first thing to say.
    if (this.#links(model, columns, keys).length > 0) await this.get(model, row, 'update')
    await this.#checkLinks(model, columns, keys)
    const updated = await super.update(model, row, columns, keys)
    this.#note(model, 'update', [updated])
    return updated
  }

  /** @returns The rows that were changed, as far as their keys */
  override async updateMany(model: ModelMetadata, filter: Filter, columns: Columns, options: { limit?: unknown } = {}): Promise<Row[]> {
    this.#checkColumns(model, 'update', columns)
    const key = identityColumns(model)
    if (Object.keys(columns).length === 0) return []
    for (const name of key) if (name in columns) unreadable(name, `the data for many ${model.plural}`)
    const delegate = delegateOf(this.client, model)
    const { limit } = options
    const found = await delegate.findMany({
      where: printFilter(this.rows(model, filter, 'update')),
      select: Object.fromEntries(key.map((name) => [name, true])),
      ...(limit === undefined ? {} : { take: limit }),
    })
    if (found.length === 0) return []
    await this.#checkLinks(model, columns)
    await delegate.updateMany({ where: printFilter(sameRows(model, found)), data: columns })
    this.#note(model, 'update', found)
    return found
  }

  override async link(model: ModelMetadata, row: Row, field: RelationField, other: Row, kind: 'connect' | 'disconnect'): Promise<void> {
    this.checkField(targetOf(this.guard, field), field.relation.backField, 'update')
    await super.link(model, row, field, other, kind)
  }

  override async readBack(model: ModelMetadata, filter: Filter, selection: Selection): Promise<Row[]> {
    return await readWritten(this.guard, this.client, model, filter, selection)
  }

  override changed(model: ModelMetadata, row: Row): void {
    this.#note(model, 'update', [row])
  }

  /** @throws {HttpError} 403 when the user may not write the field */
  override checkField(model: ModelMetadata, name: string, action: 'create' | 'update'): void {
    if (!this.guard.mayWrite(model, name, action)) throw new HttpError(403, `You may not set '${name}' of ${model.plural}.`)
  }

  /**
   * Ends the call: what was written has to be what the rules let through.
   *
   * @throws {HttpError} 403 when it is not
   */
  override async verify(): Promise<void> {
    for (const { model, action, rows, count } of this.#written) {
      const where = printFilter(allOf(rows, this.guard.rows(model, action)))
      if ((await delegateOf(this.client, model).count({ where })) !== count)
        throw new HttpError(403, `You may not ${action === 'create' ? 'add' : 'change'} ${model.plural} like that.`)
    }
  }

  protected override rows(model: ModelMetadata, filter: Filter, action: Action): Filter {
    return allOf(restrictFilter(this.guard, filter), this.guard.readableRows(model, action))
  }

  #note(model: ModelMetadata, action: 'create' | 'update', rows: readonly Row[]): void {
    if (rows.length > 0 && this.guard.rows(model, action) !== everything)
      this.#written.push({ model, action, rows: sameRows(model, rows), count: rows.length })
  }

  #checkRule(model: ModelMetadata): void {
    if (this.guard.rows(model, 'create') === nothing) throw new HttpError(403, `You may not add ${model.plural}.`)
  }

  #checkColumns(model: ModelMetadata, action: 'create' | 'update', columns: Columns): void {
    for (const name of Object.keys(columns)) this.checkField(model, name, action)
  }

  async #checkLinks(model: ModelMetadata, columns: Columns, keys: Columns = {}): Promise<void> {
    for (const field of this.#links(model, columns, keys)) await this.#checkLink(model, field, { ...columns, ...keys })
  }

  /** The relations whose keys are written, but for those to rows at hand, and to models of which every row can be read. */
  #links(model: ModelMetadata, columns: Columns, keys: Columns): RelationField[] {
    return model.fields.filter(
      (field): field is RelationField =>
        field.kind === 'relation' &&
        field.relation.fields.some((name) => name in columns && !(name in keys)) &&
        this.guard.rows(targetOf(this.guard, field), 'read') !== everything,
    )
  }

  /** A key may lead only to a row that can be read; to any other it leads nowhere. */
  async #checkLink(model: ModelMetadata, field: RelationField, columns: Columns): Promise<void> {
    const target = targetOf(this.guard, field)
    const visible = this.guard.rows(target, 'read')
    const { fields, references } = field.relation
    const values = fields.map((name) => {
      const value = columns[name]
      return isPlain(value) ? ('set' in value ? value.set : unreadable(Object.keys(value).join(), `the key '${name}'`)) : value
    })
    const isItself = target === model && references.every((name, index) => columns[name] === values[index])
    if (values.includes(null) || isItself) return
    if (values.includes(undefined)) unreadable(fields.join(), `the data of ${model.name}: give the whole key`)
    const unique = [target.id, ...target.uniques].find(
      (key) => key && key.fields.length === references.length && references.every((name) => key.fields.includes(name)),
    )
    const key = keyFilter(target, unique?.name ?? '', references, values)
    try {
      await delegateOf(this.client, target).findUniqueOrThrow({ where: printOneRow({ key, filter: visible }) })
    } catch (error) {
      throw asForeignKeyError(error, model, fields)
    }
  }
}

/** Makes "no such row" what the database says of a key that leads nowhere; which one that is, it says as some databases do, by column. */
function asForeignKeyError(error: unknown, model: ModelMetadata, names: readonly string[]): unknown {
  if (!(error instanceof Error && 'code' in error && error.code === 'P2025')) return error
  const fields = names.map((name) => {
    const field = findField(model, name)
    return field && 'column' in field ? field.column : name
  })
  return Object.assign(error, {
    code: 'P2003',
    message: 'Foreign key constraint violated on the foreign key',
    meta: { modelName: model.name, driverAdapterError: { cause: { kind: 'ForeignKeyConstraintViolation', constraint: { fields } } } },
  })
}
