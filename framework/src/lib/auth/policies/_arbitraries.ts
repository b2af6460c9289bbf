/** Random conditions and queries on a schema. */
import fc from 'fast-check'
import type { FieldMetadata, ModelMetadata, RelationField, SchemaMetadata } from '../../schema/types.ts'
import { columnCondition, type Condition } from '../../db/_conditions.ts'
import type { Query } from './_brute-force.ts'
import { columnsOf } from '../../db/_lab.ts'

const isRelation = (field: FieldMetadata): field is RelationField => field.kind === 'relation'

/** Any condition; `{}` stands only where Prisma reads it as every row. */
function condition(schema: SchemaMetadata, model: ModelMetadata, depth: number): fc.Arbitrary<Condition> {
  if (depth === 0) return columnCondition(model)
  const inner = fc.constant(null).chain(() => condition(schema, model, depth - 1))
  const relations = model.fields.filter(isRelation)
  const related = relations.map((field) => {
    const target = schema.models[field.type]!
    const of = fc.oneof(
      { weight: 1, arbitrary: fc.constant<Condition>({ is: 'all' }) },
      { weight: 5, arbitrary: fc.constant(null).chain(() => condition(schema, target, depth - 1)) },
    )
    const quantifier = field.isList
      ? fc.constantFrom('some' as const, 'every' as const, 'none' as const)
      : fc.constantFrom('is' as const, 'isNot' as const)
    const quantified = fc.record({ is: fc.constant('related' as const), name: fc.constant(field.name), quantifier, of })
    return field.isList || field.isRequired
      ? quantified
      : fc.oneof({ weight: 4, arbitrary: quantified }, { weight: 1, arbitrary: fc.constant<Condition>({ is: 'alone', name: field.name }) })
  })
  return fc.oneof(
    { weight: 3, arbitrary: columnCondition(model) },
    {
      weight: 1,
      arbitrary: fc.record({ is: fc.constantFrom('and' as const, 'or' as const), of: fc.array(inner, { minLength: 1, maxLength: 3 }) }),
    },
    { weight: 2, arbitrary: inner.map((of): Condition => ({ is: 'not', of })) },
    ...(related.length === 0 ? [] : [{ weight: 4, arbitrary: fc.oneof(...related) }]),
  )
}

/** A rule: everything, nothing, or a condition. */
export function rule(schema: SchemaMetadata, model: ModelMetadata): fc.Arbitrary<Condition> {
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant<Condition>({ is: 'all' }) },
    { weight: 1, arbitrary: fc.constant<Condition>({ is: 'none' }) },
    { weight: 7, arbitrary: condition(schema, model, 2) },
  )
}

/** Any query; what it names may be hidden. */
export function query(schema: SchemaMetadata, model: ModelMetadata, depth: number): fc.Arbitrary<Query> {
  const columns = columnsOf(model)
  const relations = model.fields.filter(isRelation)
  const some = (names: string[]) => (names.length === 0 ? fc.constant<string[]>([]) : fc.subarray(names, { minLength: 1 }))
  const lists = relations.filter((field) => field.isList)
  const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 3 })
  const order = fc.oneof(
    { weight: 6, arbitrary: fc.record({ name: fc.constantFrom(...columns), down: fc.boolean() }) },
    ...relations.map((field) => ({
      weight: 1,
      arbitrary: fc.record({
        name: fc.constant(field.name),
        down: fc.boolean(),
        of: field.isList ? fc.constant('count') : fc.constantFrom(...columnsOf(schema.models[field.type]!)),
      }),
    })),
  )
  const base = fc.record({
    where: fc.oneof({ weight: 1, arbitrary: fc.constant<Condition>({ is: 'all' }) }, { weight: 3, arbitrary: condition(schema, model, 2) }),
    orderBy: fc.array(order, { maxLength: 2 }),
    cursor: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined, freq: 5 }),
    skip: maybe(fc.nat(2)),
    take: maybe(fc.nat(3)),
    distinct: fc.option(some(columns), { nil: undefined, freq: 6 }),
    select: maybe(some(columns)),
    omit: maybe(fc.subarray(columns, { maxLength: columns.length - 1 })),
    counts: fc
      .subarray(lists.map((field) => field.name))
      .chain((names) =>
        fc.tuple(
          ...names.map((name) =>
            condition(schema, schema.models[relations.find((field) => field.name === name)!.type]!, 1).map((where) => ({ name, where })),
          ),
        ),
      ),
    relations:
      depth === 0
        ? fc.constant([])
        : fc
            .subarray(relations, { maxLength: Math.min(2, relations.length) })
            .chain((fields) =>
              fc.tuple(
                ...fields.map((field) =>
                  query(schema, schema.models[field.type]!, depth - 1).map((inner) => ({ name: field.name, query: inner })),
                ),
              ),
            ),
  })
  // Where nulls are sorted, Prisma does not find the place of a cursor; and of `distinct` with one it makes something of its own.
  const isSteady = (name: string): boolean =>
    model.fields.some((field) => field.name === name && field.kind !== 'relation' && field.isRequired)
  return base.map((given) => {
    const { select, omit, cursor, distinct, orderBy, ...rest } = given
    const hasCursor = cursor !== undefined && distinct === undefined
    return {
      ...rest,
      orderBy: hasCursor ? orderBy.filter(({ name }) => isSteady(name)) : orderBy,
      ...(select ? { select } : omit ? { omit } : {}),
      ...(distinct ? { distinct } : {}),
      ...(hasCursor ? { cursor } : {}),
    } as Query
  })
}
