/** Takes a write with all that it writes to related rows apart into simple ones. */
import type { ModelMetadata, RelationField } from '../../schema/types.ts'
import type { Data, RelationWrite } from '../call/data.ts'
import { allOf, everything, isEmpty, nothing, type Filter, type OneRow } from '../call/filter.ts'
import { findField, isToOne, targetOf, type ColumnField } from '../call/names.ts'
import { unreadable } from '../call/values.ts'
import type { Row } from '../client/delegates.ts'
import { keyColumns, keyOfRow, rowText } from './row-key.ts'
import type { Writer } from './writer.ts'

type Columns = Record<string, unknown>

/** Creates a row and what its data says of others. */
export async function createTree(writer: Writer, model: ModelMetadata, data: Data, link: Columns = {}): Promise<Row> {
  const keys: Columns = { ...link }
  for (const { field } of data.writes) writer.checkField(model, field.name, 'create')
  const [before, after] = split(data.writes)
  for (const write of before) Object.assign(keys, await writeOwner(writer, write, undefined))
  const row = await writer.create(model, data.columns, keys)
  for (const write of after) await writeMember(writer, model, row, write)
  return row
}

/** Changes a row, and others as its data says. */
export async function updateTree(writer: Writer, model: ModelMetadata, one: OneRow, data: Data): Promise<Row> {
  if (data.writes.length === 0) return await writer.update(model, one, data.columns)
  const found = await writer.get(model, one, 'update')
  const keys: Columns = {}
  for (const { field } of data.writes) writer.checkField(model, field.name, 'update')
  const [before, after] = split(data.writes)
  for (const write of before) Object.assign(keys, await writeOwner(writer, write, found))
  const row = await writer.update(model, rowOf(model, found), data.columns, keys)
  for (const write of after) await writeMember(writer, model, row, write)
  writer.changed(model, row)
  return row
}

/** Those whose key the row itself holds come first: it cannot be written without them. */
function split(writes: readonly RelationWrite[]): [RelationWrite[], RelationWrite[]] {
  const isOwn = ({ field }: RelationWrite): boolean => field.relation.fields.length > 0
  return [writes.filter(isOwn), writes.filter((write) => !isOwn(write))]
}

function rowOf(model: ModelMetadata, row: Row): OneRow {
  return { key: keyOfRow(model, row), filter: everything }
}

/** Writes the row that this one's key leads to, and gives the key. `row` is absent while it is being created. */
async function writeOwner(writer: Writer, write: RelationWrite, row: Row | undefined): Promise<Columns> {
  const { field } = write
  const target = targetOf(writer.names, field)
  const keyOf = (other: Row | null): Columns =>
    Object.fromEntries(field.relation.fields.map((name, index) => [name, other ? other[field.relation.references[index]!] : null]))
  const create = async (data: Data): Promise<Columns> => keyOf(await createTree(writer, target, data))
  switch (write.kind) {
    case 'create':
      return await create(write.data)
    case 'connect':
      return keyOf(await writer.get(target, write.row, 'read'))
    case 'connectOrCreate': {
      const found = await writer.find(target, write.row, 'read')
      return found ? keyOf(found) : await create(write.data)
    }
    case 'disconnect':
      return row && (await present(writer, field, row, write.row)) ? keyOf(null) : {}
    case 'update':
      await updateTree(writer, target, rowOf(target, await mustBePresent(writer, field, row, write.row)), write.data)
      return {}
    case 'delete':
      await writer.delete(target, rowOf(target, await mustBePresent(writer, field, row, write.row)))
      return {}
    case 'upsert': {
      const found = row && (await present(writer, field, row, write.row))
      if (!found) return await create(write.create)
      await updateTree(writer, target, rowOf(target, found), write.update)
      return {}
    }
    case 'set':
    case 'updateMany':
    case 'deleteMany':
      return unreadable(write.kind, `the data of ${field.name}`)
  }
}

/** Writes a row that leads here by its own key, or by a link. */
async function writeMember(writer: Writer, model: ModelMetadata, row: Row, write: RelationWrite): Promise<void> {
  const { field } = write
  const target = targetOf(writer.names, field)
  const { here, there } = keyColumns(field, writer.names.schema)
  const isLinked = there.length === 0
  const key: Columns = Object.fromEntries(there.map((name, index) => [name, row[here[index]!]]))
  const noKey: Columns = Object.fromEntries(there.map((name) => [name, null]))
  const attach = async (other: Row): Promise<void> => {
    if (isLinked) await writer.link(model, row, field, other, 'connect')
    else await writer.update(target, rowOf(target, other), {}, key)
  }
  const detach = async (other: Row): Promise<void> => {
    if (isLinked) await writer.link(model, row, field, other, 'disconnect')
    else await writer.update(target, rowOf(target, other), {}, noKey)
  }
  const create = async (data: Data): Promise<void> => {
    await makeRoom()
    const created = await createTree(writer, target, data, key)
    if (isLinked) await writer.link(model, row, field, created, 'connect')
  }
  const connect = async (other: Row): Promise<void> => {
    await makeRoom()
    await attach(other)
  }
  /** Where there is place for one, the one that is there leaves, if it can live without. */
  const makeRoom = async (): Promise<void> => {
    if (!isToOne(field) || there.some((name) => findField(target, name)?.isRequired)) return
    const other = await writer.first(target, linkedTo(writer, field, row))
    if (other) await detach(other)
  }
  switch (write.kind) {
    case 'create':
      if (write.skipDuplicates) unreadable('skipDuplicates', `the data of ${field.name}`)
      return await create(write.data)
    case 'connect':
      return await connect(await writer.get(target, write.row, 'read'))
    case 'connectOrCreate': {
      const found = await writer.find(target, write.row, 'read')
      return found ? await connect(found) : await create(write.data)
    }
    case 'set': {
      const linked = await writer.all(target, linkedTo(writer, field, row))
      const wanted: Row[] = []
      for (const one of write.rows) {
        const other = await writer.find(target, one, 'read')
        if (other) wanted.push(other)
      }
      for (const other of linked) if (!includes(target, wanted, other)) await detach(other)
      for (const other of wanted) if (!includes(target, linked, other)) await attach(other)
      return
    }
    case 'disconnect': {
      const found = await present(writer, field, row, write.row)
      if (found) await detach(found)
      return
    }
    case 'update':
      await updateTree(writer, target, rowOf(target, await mustBePresent(writer, field, row, write.row)), write.data)
      return
    case 'upsert': {
      const found = await present(writer, field, row, write.row)
      if (found) await updateTree(writer, target, rowOf(target, found), write.update)
      else await create(write.create)
      return
    }
    case 'delete':
      return await writer.delete(target, rowOf(target, await mustBePresent(writer, field, row, write.row)))
    case 'updateMany':
      if (write.data.writes.length > 0) unreadable(write.data.writes[0]!.field.name, `the data for many ${target.plural}`)
      await writer.updateMany(target, allOf(linkedTo(writer, field, row), write.filter), write.data.columns)
      return
    case 'deleteMany':
      await writer.deleteMany(target, allOf(linkedTo(writer, field, row), write.filter))
  }
}

/** The rows that a relation leads to from a row. */
function linkedTo(writer: Writer, field: RelationField, row: Row): Filter {
  const target = targetOf(writer.names, field)
  const { here, there } = keyColumns(field, writer.names.schema)
  const back = findField(target, field.relation.backField)
  if (there.length === 0 && back?.kind === 'relation')
    return { kind: 'relation', field: back, quantifier: 'some', filter: columnsOfKey(writer.names.schema.models[back.type]!, row) }
  if (here.some((name) => row[name] === null)) return nothing
  const filters = there.map((name, index): Filter => ({
    kind: 'column',
    field: findField(target, name) as ColumnField,
    test: row[here[index]!],
  }))
  return { kind: 'and', filters }
}

function columnsOfKey(model: ModelMetadata, row: Row): Filter {
  const key = keyOfRow(model, row)
  return key.kind === 'key' ? { kind: 'and', filters: key.columns.map((column) => ({ kind: 'column', ...column })) } : key
}

async function present(writer: Writer, field: RelationField, row: Row, one: OneRow): Promise<Row | null> {
  const target = targetOf(writer.names, field)
  const linked = linkedTo(writer, field, row)
  if (isToOne(field) && isEmpty(one.key)) return await writer.first(target, allOf(linked, one.filter))
  return await writer.find(target, { key: one.key, filter: allOf(linked, one.filter) }, 'read')
}

/** @throws Prisma's `P2025` when the relation does not lead to such a row, or to none that can be read */
async function mustBePresent(writer: Writer, field: RelationField, row: Row | undefined, one: OneRow): Promise<Row> {
  const target = targetOf(writer.names, field)
  const found = row && (await present(writer, field, row, one))
  return found ?? (await writer.noRow(target))
}

function includes(model: ModelMetadata, rows: readonly Row[], wanted: Row): boolean {
  return rows.some((row) => rowText(model, row) === rowText(model, wanted))
}
