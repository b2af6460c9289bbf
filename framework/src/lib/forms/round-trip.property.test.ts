/** What a form writes, it reads back: over random schemas and values. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z, type ZodType } from 'zod'
import type { Entries } from '../view/form-node.ts'
import { checkForm } from './check-form.ts'
import { decimal } from './decimal.ts'
import { describeForm } from './describe.ts'
import { encodeForm } from './encode.ts'
import { toEntries } from './names.ts'

/** A schema, and the values that a form of it can hold. */
interface Sample {
  schema: ZodType
  value: fc.Arbitrary<unknown>
}

/** Text as forms carry it: line breaks are one kind, and lone surrogates and NUL are no text. */
const text = fc.string({ unit: 'grapheme', maxLength: 30 }).map((value) => value.replaceAll(/\r\n?|\0/g, '\n').toWellFormed())
const filled = text.filter((value) => value !== '')
const instant = fc.date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-30T00:00:00Z'), noInvalidDate: true })
const day = instant.map((date) => new Date(`${date.toISOString().slice(0, 10)}T00:00:00Z`))
const numeral = fc.tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.nat(12)).map(([digits, scale]) => {
  const sign = digits < 0n ? '-' : ''
  const all = String(digits < 0n ? -digits : digits).padStart(scale + 1, '0')
  return scale === 0 ? sign + all : `${sign}${all.slice(0, -scale)}.${all.slice(-scale)}`
})

const leaves: Sample[] = [
  { schema: z.string(), value: text },
  { schema: z.string().nullable(), value: fc.oneof(filled, fc.constant(null)) },
  { schema: z.string().optional(), value: fc.oneof(filled, fc.constant(undefined)) },
  { schema: z.number(), value: fc.double({ noNaN: true, noDefaultInfinity: true }) },
  { schema: z.int().nullish(), value: fc.oneof(fc.integer(), fc.constantFrom(null, undefined)) },
  { schema: z.bigint(), value: fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n }) },
  { schema: z.boolean(), value: fc.boolean() },
  { schema: z.boolean().nullable(), value: fc.constantFrom(true, false, null) },
  { schema: z.boolean().optional(), value: fc.constantFrom(true, false, undefined) },
  { schema: z.date(), value: instant },
  { schema: z.date().optional(), value: fc.oneof(instant, fc.constant(undefined)) },
  { schema: z.date().meta({ widget: 'date' }), value: day },
  { schema: z.iso.datetime(), value: instant.map((date) => date.toISOString()) },
  { schema: z.iso.date(), value: day.map((date) => date.toISOString().slice(0, 10)) },
  { schema: z.iso.time(), value: instant.map((date) => date.toISOString().slice(11, 23)) },
  { schema: z.enum(['one', 'two', 'a b']), value: fc.constantFrom('one', 'two', 'a b') },
  { schema: z.literal([1, 2, 'two', true]).nullable(), value: fc.constantFrom(1, 2, 'two', true, null) },
  { schema: decimal(), value: numeral.filter((digits) => !/^-0*\.?0*$/.test(digits)) },
  { schema: z.array(z.enum(['a', 'b', 'c'])), value: fc.subarray(['a', 'b', 'c']) },
  { schema: z.array(z.enum(['a', 'b'])).optional(), value: fc.oneof(fc.subarray(['a', 'b']), fc.constant(undefined)) },
  {
    schema: z.json(),
    value: fc
      .json()
      .filter((value) => !value.includes('__proto__'))
      .map((value) => JSON.parse(value.replaceAll(/-0(?=[,\]}]|$)/g, '0')) as unknown),
  },
  {
    schema: z.file(),
    value: fc.tuple(filled, fc.uint8Array({ minLength: 1, maxLength: 20 })).map(([name, bytes]) => new File([bytes], name)),
  },
]

const leaf = fc.constantFrom(...leaves)

/** Objects, lists and choices of them, a few levels deep. */
const { object } = fc.letrec<{ object: Sample; any: Sample; list: Sample; variant: Sample; perhaps: Sample }>((tie) => ({
  any: fc.oneof({ maxDepth: 3 }, leaf, tie('object'), tie('list'), tie('variant'), tie('perhaps')),
  object: fc
    .dictionary(fc.constantFrom('a', 'b', 'c', 'title', 'isOn', 'x1', 'constructor', 'toString'), tie('any'), {
      minKeys: 1,
      maxKeys: 4,
      noNullPrototype: true,
    })
    .map(objectOf),
  list: tie('any').map(({ schema, value }) => ({
    schema: z.array(schema), // Of a list, every item is there.
    value: fc.array(
      value.filter((item) => item !== undefined && item !== null),
      { maxLength: 3 },
    ),
  })),
  perhaps: fc
    .tuple(tie('object'), fc.boolean())
    .map(([{ schema, value }, isNull]) =>
      isNull
        ? { schema: schema.nullable(), value: fc.oneof(value, fc.constant(null)) }
        : { schema: schema.optional(), value: fc.oneof(value, fc.constant(undefined)) },
    ),
  variant: fc.tuple(tie('object'), tie('object')).map((options) => {
    const schemas = options.map(({ schema }, index) => (schema as z.ZodObject).extend({ kind: z.literal(`k${index}`) }))
    return {
      schema: z.discriminatedUnion('kind', schemas as never),
      value: fc.oneof(...options.map(({ value }, index) => value.map((inner) => ({ ...(inner as object), kind: `k${index}` })))),
    }
  }),
}))

function objectOf(fields: Record<string, Sample>): Sample {
  return {
    schema: z.object(Object.fromEntries(Object.entries(fields).map(([name, { schema }]) => [name, schema]))),
    value: fc
      .record(Object.fromEntries(Object.entries(fields).map(([name, { value }]) => [name, value])))
      // A field that is not there and one that is undefined are the same to a form.
      .map((record) => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined))),
  }
}

/** Prints as what matters of it when a property fails. */
const shown = (schema: ZodType): object => ({ schema, [fc.toStringMethod]: () => JSON.stringify(describeForm(schema)) })
const sample = object.chain(({ schema, value }) =>
  value.map((one) => ({
    ...shown(schema),
    schema,
    value: one,
    [fc.toStringMethod]: () => `${JSON.stringify(describeForm(schema))} ${fc.stringify(one)}`,
  })),
)

describe('a form', () => {
  it('is read back as it was written, whatever its schema', async () => {
    await fc.assert(
      fc.asyncProperty(sample, async ({ schema, value }) => {
        const node = describeForm(schema)
        const checked = await checkForm(schema, node, throughFormData(encodeForm(node, value)))
        expect(checked).toEqual({ ok: true, data: value })
      }),
      { numRuns: 2_000 },
    )
  })

  it('refuses a name that its schema does not have, wherever it stands', async () => {
    await fc.assert(
      fc.asyncProperty(
        sample,
        fc.constantFrom(
          'isAdmin',
          '__proto__',
          '__proto__.isAdmin',
          'constructor.prototype.x',
          'a.b.c.d',
          'a[01]',
          'a[0',
          'a[0].__proto__.x',
          '',
        ),
        async (form, name) => {
          const node = describeForm(form.schema)
          const entries = encodeForm(node, form.value)
          fc.pre(!entries.has(name))
          const before = Object.keys(Object.prototype)
          const checked = await checkForm(form.schema, node, new Map([...entries, [name, ['yes']]]))

          expect(checked.ok && !isKnown(form.schema, name)).toBe(false)
          expect(Object.keys(Object.prototype)).toEqual(before)
        },
      ),
      { numRuns: 1_000 },
    )
  })

  it('never throws, whatever is sent', async () => {
    const names = fc.stringMatching(/^[a-c[\].01_]{0,12}$/)
    await fc.assert(
      fc.asyncProperty(
        object,
        fc.array(fc.tuple(names, fc.array(fc.string(), { minLength: 1, maxLength: 3 })), { maxLength: 8 }),
        async ({ schema }, sent) => {
          const checked = await checkForm(schema, describeForm(schema), new Map(sent))
          expect(typeof checked.ok).toBe('boolean')
        },
      ),
      { numRuns: 1_000 },
    )
  })
})

/** As the server gets it. */
function throughFormData(entries: Entries): Entries {
  const form = new FormData()
  for (const [name, values] of entries) for (const value of values) form.append(name, value)
  return toEntries(form)
}

/** Some of the names are fields of some schemas. */
function isKnown(schema: ZodType, name: string): boolean {
  return name === 'a[0]' || Object.hasOwn((schema as z.ZodObject).shape, name.split(/[.[]/)[0]!)
}
