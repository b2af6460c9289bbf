/** The writing operations of a model: each is one transaction, and leaves nothing behind where a rule does not let it through. */
import { parseData } from '../../db/call/data.ts'
import { parseFilter, parseOneRow } from '../../db/call/filter.ts'
import { parseSelection, type Selection } from '../../db/call/read.ts'
import { listOf, objectOf, unreadable } from '../../db/call/values.ts'
import type { ModelMetadata } from '../../schema/types.ts'
import type { Client, Row } from '../../db/client/delegates.ts'
import type { Guard } from './guard.ts'
import { createTree, updateTree } from './nested.ts'
import { readWritten } from './reads.ts'
import { Writer } from './writer.ts'

/** One write, for one user. */
export type Write = (guard: Guard, model: ModelMetadata, client: Client, args: unknown) => Promise<unknown>

const selectionArguments = ['select', 'include', 'omit']

/** A write that gives one row. */
const one =
  (
    allowed: readonly string[],
    write: (writer: Writer, model: ModelMetadata, args: Record<string, unknown>, selection: Selection) => Promise<Row>,
  ): Write =>
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
    write: (writer: Writer, model: ModelMetadata, args: Record<string, unknown>) => Promise<Row[]>,
  ): Write =>
  async (guard, model, client, args) => {
    const given = argumentsOf(model, args, givesRows ? [...allowed, ...selectionArguments] : allowed)
    const selection = parseSelection(guard, model, givesRows ? given : {})
    return await inTransaction(guard, client, async (writer) => {
      const rows = await write(writer, model, given)
      await writer.verify()
      if (!givesRows) return { count: rows.length }
      return rows.length === 0 ? [] : await readWritten(guard, writer.client, model, writer.keysOf(model, rows), selection)
    })
  }

/** What a row that was written looks like, once it may stay. */
async function written(writer: Writer, model: ModelMetadata, row: Row, selection: Selection): Promise<Row> {
  await writer.verify()
  const [found] = await readWritten(writer.guard, writer.client, model, writer.keysOf(model, [row]), selection)
  return found ?? (await writer.noRow(model))
}

const create = one(['data'], async (writer, model, { data }, selection) =>
  written(writer, model, await createTree(writer, model, parseData(writer.guard, model, data)), selection),
)

const update = one(['where', 'data'], async (writer, model, { where, data }, selection) => {
  const { guard } = writer
  return written(writer, model, await updateTree(writer, model, parseOneRow(guard, model, where), parseData(guard, model, data)), selection)
})

const upsert = one(['where', 'create', 'update'], async (writer, model, args, selection) => {
  const { guard } = writer
  const where = parseOneRow(guard, model, args.where)
  const [fresh, changes] = [parseData(guard, model, args.create), parseData(guard, model, args.update)]
  const isThere = (await writer.find(model, where, 'read')) !== null
  return written(
    writer,
    model,
    isThere ? await updateTree(writer, model, where, changes) : await createTree(writer, model, fresh),
    selection,
  )
})

const remove = one(['where'], async (writer, model, { where }, selection) => {
  const row = parseOneRow(writer.guard, model, where)
  const found = await written(writer, model, await writer.get(model, row, 'delete'), selection)
  await writer.delete(model, row)
  return found
})

const createRows = async (writer: Writer, model: ModelMetadata, { data, ...options }: Record<string, unknown>): Promise<Row[]> => {
  const rows = listOf(data).map((row) => columnsOf(writer.guard, model, row))
  const { skipDuplicates } = options
  return await writer.createMany(model, rows, skipDuplicates === undefined ? {} : { skipDuplicates })
}

const updateRows = async (writer: Writer, model: ModelMetadata, { where, data, limit }: Record<string, unknown>): Promise<Row[]> =>
  await writer.updateMany(model, parseFilter(writer.guard, model, where), columnsOf(writer.guard, model, data), { limit })

const deleteMany: Write = async (guard, model, client, args) => {
  const { where, limit } = argumentsOf(model, args, ['where', 'limit'])
  return await new Writer(guard, client).deleteMany(model, parseFilter(guard, model, where), limit === undefined ? {} : { limit })
}

/** Every operation of the client that writes. */
export const writes: Readonly<Record<string, Write>> = {
  create,
  update,
  upsert,
  delete: remove,
  deleteMany,
  createMany: many(['data', 'skipDuplicates'], false, createRows),
  createManyAndReturn: many(['data', 'skipDuplicates'], true, createRows),
  updateMany: many(['where', 'data', 'limit'], false, updateRows),
  updateManyAndReturn: many(['where', 'data', 'limit'], true, updateRows),
}

/** The last write of each transaction: savepoints lie within each other, so calls made at the same time wait for their turn. */
const turns = new WeakMap<Client, Promise<unknown>>()

async function inTransaction<T>(guard: Guard, client: Client, run: (writer: Writer) => Promise<T>): Promise<T> {
  const begin = (): Promise<T> => client.$transaction((tx) => run(new Writer(guard, tx)))
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
