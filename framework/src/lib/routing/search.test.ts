import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { HttpError } from '../core/results.ts'
import { parseSearch } from './search.ts'

function failure(work: () => unknown): HttpError {
  try {
    work()
  } catch (error) {
    if (error instanceof HttpError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('parseSearch without a schema', () => {
  it('gives texts, the last one of a repeated parameter', () => {
    expect(parseSearch(undefined, '')).toEqual({})
    expect(parseSearch(undefined, '?')).toEqual({})
    expect(parseSearch(undefined, '?q=a%20b+c&x=1&x=2&empty=')).toEqual({ q: 'a b c', x: '2', empty: '' })
    expect(parseSearch(undefined, 'q=1')).toEqual({ q: '1' })
  })

  it('reads broken encoding as far as it goes', () => {
    expect(parseSearch(undefined, '?q=%zz&r=%FF')).toEqual({ q: '%zz', r: '\uFFFD' })
  })

  it('is not led astray by names that objects inherit', () => {
    const search = parseSearch(undefined, '?__proto__=x&constructor=y&toString=z') as object

    expect(Object.entries(search)).toEqual([
      ['constructor', 'y'],
      ['toString', 'z'],
    ])
    expect(Object.getPrototypeOf(search)).toBe(Object.prototype)
  })
})

describe('parseSearch with a schema', () => {
  const schema = z.object({
    page: z.coerce.number().int().min(1).catch(1),
    q: z.string().optional(),
    sort: z.enum(['new', 'old']).default('new'),
    tag: z.array(z.string()),
    year: z.array(z.coerce.number()).optional(),
  })

  it('parses values, and repeated ones where the schema has an array', () => {
    expect(parseSearch(schema, '?page=3&q=alien&tag=a&year=1979&year=1986')).toEqual({
      page: 3,
      q: 'alien',
      sort: 'new',
      tag: ['a'],
      year: [1979, 1986],
    })
  })

  it('gives an empty array for a missing one, unless the schema says what missing means', () => {
    expect(parseSearch(schema, '')).toEqual({ page: 1, sort: 'new', tag: [] })
    expect(parseSearch(z.object({ tag: z.array(z.string()).default(['all']) }), '')).toEqual({ tag: ['all'] })
  })

  it('takes the last of repeated values elsewhere', () => {
    expect(parseSearch(schema, '?page=2&page=5')).toMatchObject({ page: 5 })
  })

  it('counts an empty value as missing, as forms send their empty fields', () => {
    expect(parseSearch(schema, '?q=&sort=&page=&tag=')).toEqual({ page: 1, sort: 'new', tag: [] })
  })

  it('falls back where the schema says so', () => {
    expect(parseSearch(schema, '?page=minus')).toMatchObject({ page: 1 })
  })

  it('ends with 400 that names each wrong parameter otherwise', () => {
    const error = failure(() => parseSearch(z.object({ n: z.coerce.number(), q: z.string() }), '?n=x'))

    expect(error.status).toBe(400)
    expect(error.message).toMatch(/^'n' in the query is not valid: .+\. 'q' in the query is not valid: .+\.$/)
    expect(Object.keys((error.data as { search: object }).search)).toEqual(['n', 'q'])
  })

  it('sees arrays through wrappers, preprocessing, unions and intersections', () => {
    expect(parseSearch(z.object({ a: z.array(z.string()).min(1).nullable().optional() }), '?a=1')).toEqual({ a: ['1'] })
    expect(parseSearch(z.object({ a: z.preprocess((value) => value, z.array(z.string())) }), '?a=1')).toEqual({ a: ['1'] })
    expect(parseSearch(z.object({ a: z.array(z.string()).transform((list) => list.length) }), '?a=1&a=2')).toEqual({ a: 2 })
    expect(parseSearch(z.object({ a: z.lazy(() => z.array(z.string())) }), '?a=1')).toEqual({ a: ['1'] })
    expect(parseSearch(z.intersection(z.object({ a: z.array(z.string()) }), z.object({ b: z.string() })), '?a=1&b=2')).toEqual({
      a: ['1'],
      b: '2',
    })
    expect(
      parseSearch(
        z.object({ a: z.array(z.string()) }).refine(() => true),
        '?a=1',
      ),
    ).toEqual({ a: ['1'] })
    expect(parseSearch(z.union([z.object({ a: z.array(z.string()) }), z.object({ b: z.string() })]), '?a=1')).toEqual({ a: ['1'] })
  })

  it('is not led astray by names that objects inherit', () => {
    const loose = parseSearch(z.looseObject({ a: z.array(z.string()) }), '?__proto__=x&__proto__=y&constructor=c') as object

    expect(Object.entries(loose)).toEqual([
      ['a', []],
      ['constructor', 'c'],
    ])
    expect(Object.getPrototypeOf(loose)).toBe(Object.prototype)
  })
})
