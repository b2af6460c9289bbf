/** The writing operations of a model: each is one transaction, and leaves nothing behind where a rule does not let it through. */
import { parseData } from '../../db/call/data.ts'
import { parseFilter } from '../../db/call/filter.ts'
import { parseSelection } from '../../db/call/read.ts'
import { listOf, objectOf, unreadable } from '../../db/call/values.ts'
import { oneRowWrites, type OneRowName } from '../../db/write/one-row.ts'
import { sameRows } from '../../db/write/row-key.ts'
import type { ModelMetadata } from '../../schema/types.ts'
import type { Client, Row } from '../../db/client/delegates.ts'
import type { Guard } from './guard.ts'
import { GuardedWriter } from './writer.ts'

/** One write, for one user. */
export type Write = (guard: Guard, model: ModelMetadata, client: Client, args: unknown) => Promise<unknown>

const selectionArguments = ['select', 'include', 'omit']

/** A write that gives one row. */
const one =
  (allowed: readonly string[], write: (typeof oneRowWrites)[OneRowName]): Write =>
  async (guard, model, client, args) => {
    const given = argumentsOf(model, args, [...allowed, ...selectionArguments])
    const selection = parseSelection(guard, model, given)
    return await inTransaction(guard, client, (writer) => write(writer, model, given, selection))
  }

/** A write that gives the rows it wrote, or their number. */
const many =
  (
    allowed: readonly string[],
    givesRows: boolean,
    write: (writer: GuardedWriter, model: ModelMetadata, args: Record<string, unknown>) => Promise<Row[]>,
  ): Write =>
  async (guard, model, client, args) => {
    const given = argumentsOf(model, args, givesRows ? [...allowed, ...selectionArguments] : allowed)
    const selection = parseSelection(guard, model, givesRows ? given : {})
    return await inTransaction(guard, client, async (writer) => {
      const rows = await write(writer, model, given)
      await writer.verify()
      if (!givesRows) return { count: rows.length }
      return rows.length === 0 ? [] : await writer.readBack(model, sameRows(model, rows), selection)
    })
  }

const createRows = async (writer: GuardedWriter, model: ModelMetadata, { data, ...options }: Record<string, unknown>): Promise<Row[]> => {
  const rows = listOf(data).map((row) => columnsOf(writer.guard, model, row))
  const { skipDuplicates } = options
  return await writer.createMany(model, rows, skipDuplicates === undefined ? {} : { skipDuplicates })
}

const updateRows = async (writer: GuardedWriter, model: ModelMetadata, { where, data, limit }: Record<string, unknown>): Promise<Row[]> =>
  await writer.updateMany(model, parseFilter(writer.guard, model, where), columnsOf(writer.guard, model, data), { limit })

const deleteMany: Write = async (guard, model, client, args) => {
  const { where, limit } = argumentsOf(model, args, ['where', 'limit'])
  return await new GuardedWriter(guard, client).deleteMany(model, parseFilter(guard, model, where), limit === undefined ? {} : { limit })
}

/** Every operation of the client that writes. */
export const writes: Readonly<Record<string, Write>> = {
  create: one(['data'], oneRowWrites.create),
  update: one(['where', 'data'], oneRowWrites.update),
  upsert: one(['where', 'create', 'update'], oneRowWrites.upsert),
  delete: one(['where'], oneRowWrites.delete),
  deleteMany,
  createMany: many(['data', 'skipDuplicates'], false, createRows),
  createManyAndReturn: many(['data', 'skipDuplicates'], true, createRows),
  updateMany: many(['where', 'data', 'limit'], false, updateRows),
  updateManyAndReturn: many(['where', 'data', 'limit'], true, updateRows),
}

/** The last write of each transaction: savepoints lie within each other, so calls made at the same time wait for their turn. */
const turns = new WeakMap<Client, Promise<unknown>>()

async function inTransaction<T>(guard: Guard, client: Client, run: (writer: GuardedWriter) => Promise<T>): Promise<T> {
  const begin = (): Promise<T> => client.$transaction((tx) => run(new GuardedWriter(guard, tx)))
  // Prisma's transactions have no `$connect`; clients begin as many as they like.
  if (client.$connect !== undefined) return await begin()
  const result = (turns.get(client) ?? Promise.resolve()).then(begin)
  turns.set(
    client,
    result.catch(() => undefined),
  )
  return await result
}

function argumentsOf(model: ModelMetadata, args: unknown, allowed: readonly string[]): Record<string, unknown> {
  const given = objectOf(args ?? {}, `A write to ${model.name}`)
  for (const name of Object.keys(given)) if (!allowed.includes(name)) unreadable(name, `a write to ${model.name}`)
  return given
}

/** The data of a call that writes many rows, which has no place for related ones. */
function columnsOf(guard: Guard, model: ModelMetadata, data: unknown): Readonly<Record<string, unknown>> {
  const { columns, writes: nested } = parseData(guard, model, data)
  return nested.length === 0 ? columns : unreadable(nested[0]!.field.name, `the data for many ${model.plural}`)
}
