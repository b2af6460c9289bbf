/** Writes whose answer is one row, with all that they write to related ones. */
import type { ModelMetadata } from '../../schema/types.ts'
import { parseData } from '../call/data.ts'
import { parseOneRow } from '../call/filter.ts'
import type { Selection } from '../call/read.ts'
import type { Row } from '../client/delegates.ts'
import { sameRows } from './row-key.ts'
import { createTree, updateTree } from './tree.ts'
import type { Writer } from './writer.ts'

export type OneRowName = 'create' | 'update' | 'upsert' | 'delete'
type Write = (writer: Writer, model: ModelMetadata, args: Record<string, unknown>, selection: Selection) => Promise<Row>

/** Each of them, taken apart. */
export const oneRowWrites: Readonly<Record<OneRowName, Write>> = {
  async create(writer, model, { data }, selection) {
    return await written(writer, model, await createTree(writer, model, parseData(writer.names, model, data)), selection)
  },

  async update(writer, model, { where, data }, selection) {
    const { names } = writer
    const row = await updateTree(writer, model, parseOneRow(names, model, where), parseData(names, model, data))
    return await written(writer, model, row, selection)
  },

  async upsert(writer, model, args, selection) {
    const { names } = writer
    const where = parseOneRow(names, model, args.where)
    const [fresh, changes] = [parseData(names, model, args.create), parseData(names, model, args.update)]
    const isThere = (await writer.find(model, where, 'read')) !== null
    const row = isThere ? await updateTree(writer, model, where, changes) : await createTree(writer, model, fresh)
    return await written(writer, model, row, selection)
  },

  async delete(writer, model, { where }, selection) {
    const row = parseOneRow(writer.names, model, where)
    const found = await written(writer, model, await writer.get(model, row, 'delete'), selection)
    await writer.delete(model, row)
    return found
  },
}

/** What a row that was written looks like, once it may stay. */
async function written(writer: Writer, model: ModelMetadata, row: Row, selection: Selection): Promise<Row> {
  await writer.verify()
  const [found] = await writer.readBack(model, sameRows(model, [row]), selection)
  return found ?? (await writer.noRow(model))
}
