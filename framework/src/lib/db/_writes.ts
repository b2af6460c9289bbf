/** Random writes on a schema, as the client takes them. */
import fc from 'fast-check'
import type { FieldMetadata, ModelMetadata, RelationField, SchemaMetadata } from '../schema/types.ts'
import { columnCondition, toPrisma } from './_conditions.ts'

export interface Write {
  model: string
  operation: 'create' | 'createMany' | 'update' | 'updateMany' | 'upsert' | 'delete' | 'deleteMany'
  args: { data?: object }
}

type Data = Record<string, unknown>

const isRelation = (field: FieldMetadata): field is RelationField => field.kind === 'relation'
const known = fc.integer({ min: 1, max: 5 })
// Apart from those, or it would matter in which order one call creates its rows.
const fresh = fc.integer({ min: 6, max: 12 })

function columnValue(field: FieldMetadata): fc.Arbitrary<unknown> {
  const values: Record<string, fc.Arbitrary<unknown>> = { Int: fc.nat(2), String: fc.constantFrom('a', 'b'), Boolean: fc.boolean() }
  return field.isRequired ? values[field.type]! : fc.option(values[field.type]!, { freq: 4 })
}

/** Data of a row, without the relation that it is written through. Keys are given as columns, or their relations written: Prisma takes one or the other. */
function data(
  schema: SchemaMetadata,
  model: ModelMetadata,
  kind: 'create' | 'update',
  depth: number,
  without?: string,
): fc.Arbitrary<Data> {
  const relations = model.fields.filter(isRelation).filter((field) => field.name !== without)
  const keys = model.fields.filter(isRelation).filter((field) => field.relation.fields.length > 0)
  const isKey = (name: string): boolean => keys.some((field) => field.relation.fields.includes(name))
  const columns = model.fields.filter((field) => !isRelation(field) && field.name !== 'id' && !isKey(field.name))
  const own = Object.fromEntries(columns.map((field) => [field.name, columnValue(field)]))
  const id = kind === 'create' ? fresh : fc.option(fresh, { nil: undefined, freq: 8 })
  const maybe = <T>(value: fc.Arbitrary<T>, freq = 2) => fc.option(value, { nil: undefined, freq })
  const members = relations.filter((field) => field.relation.fields.length === 0)
  const owners = relations.filter((field) => field.relation.fields.length > 0)
  const nested = (field: RelationField, isNeeded: boolean): fc.Arbitrary<unknown> =>
    isNeeded
      ? relationData(schema, field, kind, depth - 1)
      : depth === 0
        ? fc.constant(undefined)
        : maybe(relationData(schema, field, kind, depth - 1), 1)
  const memberData = fc.record(Object.fromEntries(members.map((field) => [field.name, nested(field, false)])))
  const checked = fc.record(Object.fromEntries(owners.map((field) => [field.name, nested(field, kind === 'create' && field.isRequired)])))
  const unchecked = fc.record(
    Object.fromEntries(
      owners.map((field) => [
        field.relation.fields[0]!,
        kind === 'create' && field.isRequired ? known : maybe(field.isRequired ? known : fc.option(known, { freq: 4 })),
      ]),
    ),
  )
  const partial = kind === 'create' ? fc.record(own) : fc.record(own, { requiredKeys: [] })
  return fc
    .tuple(id, partial, memberData, depth === 0 ? unchecked : fc.oneof(checked, unchecked))
    .map(([id, ...parts]) =>
      Object.fromEntries(Object.entries({ id, ...Object.assign({}, ...parts) }).filter(([, value]) => value !== undefined)),
    )
}

/** What to do with the rows of a relation. */
function relationData(schema: SchemaMetadata, field: RelationField, kind: 'create' | 'update', depth: number): fc.Arbitrary<Data> {
  const target = schema.models[field.type]!
  const deeper = Math.max(depth, 0)
  const back = field.relation.backField
  const later = (make: () => fc.Arbitrary<unknown>): fc.Arbitrary<unknown> => fc.constant(null).chain(make)
  const create = later(() => data(schema, target, 'create', deeper, back))
  const update = later(() => data(schema, target, 'update', deeper, back))
  const key = known.map((id) => ({ id }))
  const connectOrCreate = fc.record({ where: key, create })
  const single = <T>(name: string, value: fc.Arbitrary<T>) => value.map((given): Data => ({ [name]: given }))
  const filter = columnCondition(target, (name) => name === 'id' || name.startsWith('c')).map(toPrisma)
  const always = [single('create', create), single('connect', key), single('connectOrCreate', connectOrCreate)]
  if (kind === 'create') return fc.oneof(...always)
  if (!field.isList) {
    const optional = [single('disconnect', fc.constant(true)), single('delete', fc.constant(true))]
    // Prisma offers these where the relation may be without a row.
    return fc.oneof(
      ...always,
      single('update', update),
      single('upsert', fc.record({ create, update })),
      ...(field.isRequired ? [] : optional),
    )
  }
  return fc.oneof(
    ...always,
    single('set', fc.uniqueArray(key, { maxLength: 3, selector: ({ id }) => id })),
    single('disconnect', key),
    single('delete', key),
    single('update', fc.record({ where: key, data: update })),
    single('upsert', fc.record({ where: key, create, update })),
    single(
      'updateMany',
      fc.record({
        where: filter,
        data: fc.record(
          Object.fromEntries(target.fields.filter((own) => own.name.startsWith('c')).map((own) => [own.name, columnValue(own)])),
        ),
      }),
    ),
    single('deleteMany', filter),
  )
}

/** Any write. */
export function write(schema: SchemaMetadata): fc.Arbitrary<Write> {
  return fc.constantFrom(...Object.values(schema.models)).chain((model) => {
    const key = known.map((id) => ({ id }))
    const filter = columnCondition(model).map(toPrisma)
    const flat = (kind: 'create' | 'update') => data(schema, model, kind, 0)
    const operations: Record<Write['operation'], fc.Arbitrary<object>> = {
      create: fc.record({ data: data(schema, model, 'create', 2) }),
      createMany: fc.record({ data: fc.array(flat('create'), { minLength: 1, maxLength: 3 }) }),
      update: fc.record({ where: key, data: data(schema, model, 'update', 2) }),
      updateMany: fc.record({ where: filter, data: flat('update').map((given) => ({ ...given, id: undefined })) }),
      upsert: fc.record({ where: key, create: data(schema, model, 'create', 1), update: data(schema, model, 'update', 1) }),
      delete: fc.record({ where: key }),
      deleteMany: fc.record({ where: filter }),
    }
    return fc.constantFrom(...(Object.keys(operations) as Write['operation'][]), 'create', 'update', 'update').chain((operation) =>
      operations[operation as Write['operation']].map((args): Write => ({
        model: model.name,
        operation: operation as Write['operation'],
        args,
      })),
    )
  })
}
