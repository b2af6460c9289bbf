/** What a recorded computation reads, as tags. */
import { currentRecording, type Recording } from '../../core/recording.ts'
import type { ModelMetadata, RelationField } from '../../schema/types.ts'
import { parseAggregate } from '../call/aggregate.ts'
import type { Filter } from '../call/filter.ts'
import { findField, targetOf, type Names } from '../call/names.ts'
import type { Order } from '../call/order.ts'
import { parseRead, parseReadOne, type Read, type Selection } from '../call/read.ts'
import { isPlain } from '../call/values.ts'
import { anyOwnerTag, anyRowTag, modelTag, ownerColumns, ownerTag, rowTag, type Image } from './tags.ts'

/**
 * Notes what a query depends on, for whoever records the computation that makes it.
 *
 * @returns What takes the answer, where that tells more than the question; `undefined` where nobody records or nothing is left to say
 */
export function observeRead(names: Names, model: ModelMetadata, operation: string, args: unknown): ((result: unknown) => void) | undefined {
  const recording = currentRecording()
  return recording && new Observer(names, recording).observe(model, operation, args)
}

/** Notes a query of which nobody can say what it depends on. */
export function observeRawRead(): void {
  currentRecording()?.forbid('it makes a raw query')
}

/** Notes that a computation writes: it does something, so its value is not all there is to keep. */
export function observeWrite(): void {
  currentRecording()?.forbid('it writes to the database')
}

class Observer {
  readonly #names: Names
  readonly #recording: Recording
  /** Text is compared in ways of its own there, so a key does not say which text the row has. */
  readonly #isTextLoose: boolean

  constructor(names: Names, recording: Recording) {
    this.#names = names
    this.#recording = recording
    this.#isTextLoose = names.schema.provider === 'mysql'
  }

  observe(model: ModelMetadata, operation: string, args: unknown): ((result: unknown) => void) | undefined {
    try {
      if (operation === 'count' || operation === 'aggregate' || operation === 'groupBy') {
        const { filter, order, cursor } = parseAggregate(this.#names, model, operation, args)
        this.#rows(model, filter)
        this.#orders(order)
        if (cursor) this.#filter(cursor, model)
      } else if (operation.startsWith('findUnique')) {
        const read = parseReadOne(this.#names, model, args)
        this.#filter(read.filter, model)
        return (result) => this.#one(read, result, read.key)
      } else this.#many(parseRead(this.#names, model, args))
    } catch {
      // Prisma knows more than the reader does, and says itself what is wrong with the rest.
      this.#recording.forbid(`it makes a query (${model.delegate}.${operation}) that Hotclub cannot read`)
    }
    return undefined
  }

  /** Rows that were not asked for by their key. */
  #many(read: Read): void {
    this.#rows(read.model, read.filter)
    this.#orders(read.order)
    if (read.cursor) this.#filter(read.cursor, read.model)
    this.#selection(read.selection)
  }

  /** One row, and what is read beside it. */
  #one({ model, selection }: Read, result: unknown, key?: Filter): void {
    const row = isPlain(result) ? { ...(key && keyImage(key, this.#isTextLoose)), ...result } : undefined
    const tag = row && rowTag(model, row)
    if (tag === undefined) this.#tag(modelTag(model))
    else this.#tag(tag, anyRowTag(model))
    if (row === undefined) return this.#selection(selection)
    for (const { field, read } of selection.relations) this.#related(row, field, read)
    for (const { field, filter } of selection.counts) this.#owned(row, field, filter)
  }

  /** What belongs to one row that is known. */
  #related(row: Image, field: RelationField, read: Read): void {
    const { fields } = field.relation
    // Where the key is empty there is nothing else to depend on: the row itself says so.
    if (fields.length > 0) return fields.some((name) => row[name] === null) ? undefined : this.#one(read, row[field.name])
    if (field.isList) {
      this.#owned(row, field, read.filter)
      this.#orders(read.order)
      if (read.cursor) this.#filter(read.cursor, read.model)
    } else this.#owned(row, field, read.filter)
    this.#selection(read.selection)
  }

  /** Rows that refer to one that is known. */
  #owned(row: Image, field: RelationField, filter: Filter): void {
    const target = targetOf(this.#names, field)
    const back = findField(target, field.relation.backField)
    const { fields, references } = back?.kind === 'relation' ? back.relation : { fields: [], references: [] }
    const tag = fields.length === 1 ? ownerTag(target, fields[0]!, row[references[0]!]) : undefined
    if (tag === undefined) this.#tag(modelTag(target))
    else this.#tag(tag, anyOwnerTag(target, fields[0]!))
    this.#filter(filter, target)
  }

  #rows(model: ModelMetadata, filter: Filter): void {
    const owner = ownerIn(model, filter, this.#isTextLoose)
    if (owner === undefined) this.#tag(modelTag(model))
    else this.#tag(owner.tag, anyOwnerTag(model, owner.column))
    this.#filter(filter, model)
  }

  #selection({ relations, counts }: Selection): void {
    for (const { read } of relations) this.#many(read)
    for (const { field, filter } of counts) {
      const target = targetOf(this.#names, field)
      this.#tag(modelTag(target))
      this.#filter(filter, target)
    }
  }

  /** The models that a condition looks into, beside that of its rows. */
  #filter(filter: Filter, model: ModelMetadata): void {
    switch (filter.kind) {
      case 'and':
      case 'or':
        for (const inner of filter.filters) this.#filter(inner, model)
        return
      case 'not':
        return this.#filter(filter.filter, model)
      case 'relation': {
        const target = targetOf(this.#names, filter.field)
        this.#tag(modelTag(target))
        return this.#filter(filter.filter, target)
      }
      case 'alone':
        return this.#tag(modelTag(targetOf(this.#names, filter.field)))
      default:
    }
  }

  #orders(orders: readonly Order[]): void {
    for (const order of orders) {
      if (order.kind === 'column') continue
      const target = targetOf(this.#names, order.field)
      this.#tag(modelTag(target))
      if (order.kind === 'relation') this.#orders(order.order)
    }
  }

  #tag(...tags: string[]): void {
    for (const tag of tags) this.#recording.tag(tag)
  }
}

/** What a key says of the row that it finds. */
function keyImage(key: Filter, isTextLoose: boolean): Image {
  if (key.kind === 'and') return Object.assign({}, ...key.filters.map((inner) => keyImage(inner, isTextLoose))) as Image
  const columns = key.kind === 'key' ? key.columns : key.kind === 'column' ? [key] : []
  return Object.fromEntries(columns.flatMap(({ field, test }) => (isExact(test, isTextLoose) ? [[field.name, test]] : [])))
}

/** The column by which a condition asks for the rows of one other. */
function ownerIn(model: ModelMetadata, filter: Filter, isTextLoose: boolean): { column: string; tag: string } | undefined {
  if (filter.kind === 'and') {
    for (const inner of filter.filters) {
      const found = ownerIn(model, inner, isTextLoose)
      if (found) return found
    }
    return undefined
  }
  if (filter.kind !== 'column' || !ownerColumns(model).includes(filter.field.name)) return undefined
  const { test } = filter
  const value = isPlain(test) && Object.keys(test).length === 1 && 'equals' in test ? test.equals : test
  const tag = isExact(value, isTextLoose) ? ownerTag(model, filter.field.name, value) : undefined
  return tag === undefined ? undefined : { column: filter.field.name, tag }
}

/** Whether a row that a value finds has that very value. */
function isExact(value: unknown, isTextLoose: boolean): boolean {
  return typeof value === 'number' || typeof value === 'bigint' || (typeof value === 'string' && !isTextLoose)
}
