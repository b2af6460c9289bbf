import { Decimal } from '@prisma/client/runtime/client'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDecoder, needsDecimal } from './decode.ts'
import { encode } from './encode.ts'
import { inspect } from './inspect.ts'
import { PageError } from './page-error.ts'

const toDecimal = (digits: string) => new Decimal(digits)

function refuse(): never {
  throw new Error('No promise expected.')
}

function roundTrip(value: object): unknown {
  return createDecoder(toDecimal).decode(encode(value, refuse))
}

/** Encodes with promises numbered in order, and hands out their chunks in any order. */
function stream(value: object) {
  const promises: Array<PromiseLike<unknown>> = []
  const register = (promise: PromiseLike<unknown>) => {
    const known = promises.indexOf(promise)
    return known === -1 ? promises.push(promise) - 1 : known
  }
  const text = encode(value, register)
  const decoder = createDecoder(toDecimal)
  return { value: decoder.decode(text), decoder, send: (chunk: object) => decoder.settle(encode(chunk, register)) }
}

const keys = fc.string().filter((key) => key !== '__proto__')
const leaves = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('</script>', '<!--', '\u2028\u2029', '__proto__', '["Decimal",1]', '\0'),
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constantFrom(null, undefined, -0, NaN, Infinity, -Infinity),
  fc.bigInt(),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array(),
  fc.float64Array(),
  fc.webUrl().map((url) => new URL(url)),
)
const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    leaves,
    fc.array(tie('value')),
    fc.dictionary(keys, tie('value'), { noNullPrototype: true }),
    fc.array(fc.tuple(tie('value'), tie('value'))).map((entries) => new Map(entries)),
    fc.array(tie('value')).map((items) => new Set(items)),
  ),
})).value

describe('encode and decode', () => {
  it('give back any data exactly', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(roundTrip({ value })).toStrictEqual({ value })
      }),
    )
  })

  it('give back all that JSON has exactly, without the general form', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const value: unknown = JSON.parse(JSON.stringify(JSON.parse(text)))
        expect(encode({ value }, refuse)).toMatch(/^\{/)
        expect(roundTrip({ value })).toStrictEqual({ value })
      }),
    )
  })

  it('write no character that could end a script element', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(encode({ value }, refuse)).not.toContain('<')
      }),
    )
  })

  it('give back decimals, and say when their class is needed', () => {
    const prices = { a: new Decimal('12.50'), b: new Decimal('-0.000000000000000001'), list: [new Decimal('1e100')] }
    const result = roundTrip(prices) as typeof prices

    expect(result.a.plus(1).toString()).toBe('13.5')
    expect(result.b.equals(prices.b)).toBe(true)
    expect(result.list[0]?.equals(prices.list[0]!)).toBe(true)
    expect(needsDecimal(encode(prices, refuse))).toBe(true)
    expect(needsDecimal(encode({ a: new Date(), b: '["Decimal",' }, refuse))).toBe(false)
  })

  it('give back circular and repeated references', () => {
    const circle: { self?: unknown; at: Date; twice: Set<unknown>; map: Map<unknown, unknown> } = {
      at: new Date(0),
      twice: new Set(),
      map: new Map(),
    }
    circle.self = circle
    circle.twice.add(circle)
    circle.map.set(circle.twice, circle.at)
    const result = roundTrip(circle) as typeof circle

    expect(result.self).toBe(result)
    expect(result.twice.has(result)).toBe(true)
    expect(result.map.get(result.twice)).toBe(result.at)
  })

  it('give back views of bytes, boxed values, holes and objects without a prototype', () => {
    const bytes = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8])
    const bare = Object.assign(Object.create(null) as object, { a: 1 })
    // oxlint-disable-next-line no-sparse-arrays
    const holes = [1, , 3]
    const sparse: number[] = []
    sparse[100_000] = 1
    const value = {
      part: bytes.subarray(2, 4),
      view: new DataView(bytes.buffer, 1, 2),
      boxed: Object('x') as string,
      holes,
      sparse,
      bare,
      re: /a"\/b/gi,
      u: undefined,
    }
    const result = roundTrip(value) as typeof value

    expect(result.part).toStrictEqual(new Uint8Array([3, 4]))
    expect(result.view.getUint8(0)).toBe(2)
    expect(result.view.byteLength).toBe(2)
    expect(result.boxed).toStrictEqual(value.boxed)
    expect(1 in result.holes).toBe(false)
    expect(result.holes).toHaveLength(3)
    expect(result.sparse).toHaveLength(100_001)
    expect(Object.getPrototypeOf(result.bare)).toBe(null)
    expect(result.re).toStrictEqual(/a"\/b/gi)
  })

  it('do not take forever over data that branches and leads back to itself', () => {
    interface Node {
      left?: Node
      right?: Node
    }
    const circle: Node = {}
    circle.left = circle.right = circle
    let shared: Node = {}
    for (let depth = 0; depth < 35; depth++) shared = { left: shared, right: shared }

    const result = roundTrip({ circle, shared }) as { circle: Node; shared: Node }

    expect(result.circle.left).toBe(result.circle)
    expect(result.shared.left).toBe(result.shared.right)
  })

  it('name the place and kind of what cannot travel', () => {
    class Film {}
    expect(() => encode({ films: [new Film()] }, refuse)).toThrow('An instance of Film cannot travel')
    expect(() => encode({ act() {} }, refuse)).toThrow('A function cannot travel')
    expect(() => encode({ at: new Date(), odd: JSON.parse('{"__proto__": 1}') as object }, refuse)).toThrow("a key '__proto__'")
    expect(() => encode({ films: [new Film()] }, refuse)).toThrow(expect.objectContaining({ code: 'HC_SERIALIZE', where: '.films[0]' }))
  })
})

describe('promises', () => {
  it('settle as their chunks arrive, in any order', async () => {
    const { value, send } = stream({ a: Promise.resolve(), b: [Promise.resolve()] })
    const { a, b } = value as { a: Promise<unknown>; b: Array<Promise<unknown>> }
    send({ id: 1, value: { price: new Decimal(2) } })
    send({ id: 0, value: undefined })

    expect(await a).toBe(undefined)
    expect(await b[0]).toEqual({ price: new Decimal(2) })
  })

  it('may be nested, and may come back in a later chunk', async () => {
    const inner = Promise.resolve()
    const outer = Promise.resolve()
    const { value, send } = stream({ outer })
    send({ id: 0, value: { inner, again: outer } })
    send({ id: 1, value: 'deep' })
    const result = (await (value as { outer: Promise<unknown> }).outer) as { inner: Promise<unknown>; again: Promise<unknown> }

    expect(await result.inner).toBe('deep')
    expect(await result.again).toBe(result)
  })

  it('that stand in two places are one', () => {
    const promise = Promise.resolve()
    const { value } = stream({ a: promise, b: promise })
    const { a, b } = value as Record<'a' | 'b', unknown>

    expect(a).toBe(b)
  })

  it('reject with the error that visitors may see', async () => {
    const { value, send } = stream({ a: Promise.resolve() })
    send({ id: 0, error: { status: 403, message: 'No', id: 'r1' } })

    await expect((value as { a: Promise<unknown> }).a).rejects.toThrow(PageError)
  })

  it('reject when the stream ends early, those that were settled apart', async () => {
    const { value, decoder, send } = stream({ a: Promise.resolve(), b: Promise.resolve() })
    const { a, b } = value as Record<'a' | 'b', Promise<unknown>>
    send({ id: 0, value: 1 })
    decoder.close(new Error('gone'))

    expect(await a).toBe(1)
    await expect(b).rejects.toThrow('gone')
  })
})

describe('inspect', () => {
  it('calls plain exactly what JSON keeps', () => {
    fc.assert(
      fc.property(values, (value) => {
        fc.pre(inspect(value).plain)
        expect(JSON.parse(JSON.stringify(value))).toStrictEqual(value)
      }),
    )
    expect(inspect({ a: [1, 'x', null, true, { b: [] }] })).toEqual({ plain: true, promises: false })
    expect(inspect({ a: [undefined] })).toEqual({ plain: false, promises: false })
  })

  it('finds promises in objects and arrays', () => {
    expect(inspect({ a: [{ b: Promise.resolve() }] }).promises).toBe(true)
  })
})
