import { describe, expect, it } from 'vitest'
import type { FieldMetadata, ModelMetadata, RelationField, ScalarField, SchemaMetadata } from '../../schema/types.ts'
import { parseAggregate, printAggregate } from './aggregate.ts'
import { parseData } from './data.ts'
import { allOf, anyOf, everything, not, nothing, parseFilter, parseOneRow } from './filter.ts'
import { namesOf } from './names.ts'
import { printFilter, printOneRow } from './print-filter.ts'
import { printRead } from './print-read.ts'
import { parseRead, parseReadOne } from './read.ts'

const base = { documentation: { text: '', annotations: {} }, label: '', isList: false }
const column = (name: string, type: ScalarField['type'], more: Partial<ScalarField> = {}): ScalarField => ({
  ...base,
  kind: 'scalar',
  name,
  type,
  column: name,
  isRequired: true,
  isId: false,
  isUnique: false,
  isUpdatedAt: false,
  isForeignKey: false,
  ...more,
})
const relation = (name: string, type: string, isList: boolean, more: Partial<RelationField['relation']>): RelationField => ({
  ...base,
  kind: 'relation',
  name,
  type,
  isList,
  isRequired: isList,
  relation: { name, cardinality: 'many-to-one', backField: '', fields: [], references: [], ...more },
})
const model = (name: string, fields: FieldMetadata[], more: Partial<ModelMetadata> = {}): ModelMetadata => ({
  name,
  delegate: name.toLowerCase(),
  table: name,
  singular: name,
  plural: name,
  documentation: base.documentation,
  fields,
  id: { name: 'id', fields: ['id'] },
  uniques: [],
  indexes: [],
  ...more,
})
const id = column('id', 'Int', { isId: true })
const film = model('Film', [
  id,
  column('title', 'String'),
  relation('reviews', 'Review', true, { cardinality: 'one-to-many', backField: 'film' }),
])
const review = model(
  'Review',
  [
    id,
    column('stars', 'Int'),
    column('filmId', 'Int', { isRequired: false }),
    relation('film', 'Film', false, { fields: ['filmId'], references: ['id'], backField: 'reviews' }),
  ],
  { uniques: [{ name: 'filmId_stars', fields: ['filmId', 'stars'] }] },
)
const schema: SchemaMetadata = { provider: 'sqlite', models: { Film: film, Review: review }, enums: {} }
const names = namesOf(schema)

describe('a query', () => {
  it('comes out as it went in, but for short forms', () => {
    const args = {
      where: {
        title: { contains: 'a' },
        OR: [{ reviews: { some: { stars: 5 } } }, { NOT: { reviews: { every: { film: { is: { id: 1 } } } } } }],
      },
      orderBy: [{ title: 'asc' }, { reviews: { _count: 'desc' } }],
      cursor: { id: 3 },
      take: 2,
      skip: 1,
      distinct: ['title'],
      include: {
        reviews: {
          where: { film: null },
          orderBy: [{ film: { title: { sort: 'asc', nulls: 'last' } } }],
          select: { id: true, film: true },
        },
        _count: { select: { reviews: { where: { stars: { gt: 3 } } } } },
      },
    }

    expect(printRead(parseRead(names, film, args))).toEqual(args)
    expect(printRead(parseRead(names, film, { omit: { title: true }, include: { _count: true } }))).toEqual({
      select: { id: true, _count: { select: { reviews: true } } },
    })
    expect(printRead(parseRead(names, review, { where: { film: { title: 'a' } }, orderBy: { film: { title: 'asc' } } }))).toEqual({
      where: { film: { is: { title: 'a' } } },
      orderBy: [{ film: { title: 'asc' } }],
    })
  })

  it('keeps the key of one row apart from what else has to hold', () => {
    const where = { filmId_stars: { filmId: 1, stars: 5 }, film: { is: { title: 'a' } } }

    expect(printRead(parseReadOne(names, review, { where }))).toEqual({
      where: { filmId_stars: { filmId: 1, stars: 5 }, AND: [{ film: { is: { title: 'a' } } }] },
    })
    expect(printOneRow({ ...parseOneRow(names, review, { id: 1 }), filter: nothing })).toEqual({ id: 1, OR: [] })
  })

  it('gives figures', () => {
    const args = {
      where: { stars: { gt: 1 } },
      by: ['filmId'],
      _count: { _all: true },
      having: { stars: { _avg: { gt: 2 } } },
      orderBy: { _sum: { stars: 'asc' } },
    }

    expect(printAggregate(parseAggregate(names, review, 'groupBy', args))).toEqual(args)
  })

  it('is refused where something cannot be read', () => {
    const refuse = (args: unknown) => () => parseRead(names, film, args)

    expect(refuse({ where: { titel: 'a' } })).toThrow(expect.objectContaining({ code: 'HC_FIELD' }))
    expect(refuse({ where: { __proto__: null, constructor: 1 } })).toThrow(expect.objectContaining({ code: 'HC_FIELD' }))
    expect(refuse({ where: { reviews: { is: {} } } })).toThrow(expect.objectContaining({ code: 'HC_CALL' }))
    expect(refuse({ where: 'title' })).toThrow(expect.objectContaining({ code: 'HC_CALL' }))
    expect(refuse({ relationLoadStrategy: 'join' })).toThrow(expect.objectContaining({ code: 'HC_CALL' }))
    expect(refuse({ include: { reviews: { include: { film: { where: {} } } } } })).toThrow(expect.objectContaining({ code: 'HC_CALL' }))
  })
})

describe('conditions', () => {
  it('are put together without a row too many', () => {
    const five = parseFilter(names, review, { stars: 5 })
    const one = parseFilter(names, review, { stars: 1 })

    expect(printFilter(allOf(five, one))).toEqual({ stars: 5, AND: [{ stars: 1 }] })
    expect(printFilter(allOf(five, nothing))).toEqual({ OR: [] })
    expect(printFilter(anyOf(five, nothing))).toEqual({ stars: 5 })
    expect(printFilter(anyOf(five, everything))).toEqual({})
    expect(printFilter(not(everything))).toEqual({ OR: [] })
    // Prisma leaves `{ OR: [] }` out of arrays, and would give every row.
    expect(printFilter({ kind: 'and', filters: [five, { kind: 'or', filters: [] }] })).toEqual({ OR: [] })
    expect(printFilter({ kind: 'or', filters: [{ kind: 'and', filters: [nothing, one] }, five] })).toEqual({ OR: [{ stars: 5 }] })
  })
})

describe('data', () => {
  it('is told apart into columns and what is to be done with related rows', () => {
    const { columns, writes } = parseData(names, film, {
      title: 'a',
      reviews: {
        create: [{ stars: 1 }, { stars: 2 }],
        connect: { id: 3 },
        deleteMany: {},
        update: { where: { id: 4 }, data: { film: { disconnect: true } } },
      },
    })

    expect(columns).toEqual({ title: 'a' })
    expect(writes.map(({ kind, field }) => `${field.name} ${kind}`)).toEqual([
      'reviews create',
      'reviews create',
      'reviews connect',
      'reviews deleteMany',
      'reviews update',
    ])
    expect(writes.at(-1)).toMatchObject({ data: { columns: {}, writes: [{ kind: 'disconnect' }] } })
  })
})
