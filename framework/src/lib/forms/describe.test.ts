import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { ArrayNode, LeafNode } from '../view/form-node.ts'
import { decimal } from './decimal.ts'
import { describeForm } from './describe.ts'

function leaf(schema: z.ZodType, name = 'field'): LeafNode {
  return describeForm(z.object({ [name]: schema })).fields[name] as LeafNode
}

/** What the browser is told of a field, in one line. */
function html(schema: z.ZodType, name?: string): string {
  const { widget, required, attributes } = leaf(schema, name)
  return [widget, ...(required ? ['required'] : []), ...Object.entries(attributes).map(([key, value]) => `${key}=${value}`)].join(' ')
}

describe('text', () => {
  it('is required where the schema refuses an empty one', () => {
    expect(html(z.string())).toBe('text')
    expect(html(z.string().min(1))).toBe('text required')
    expect(html(z.string().regex(/^a*$/))).toBe('text pattern=a*')
    expect(html(z.string().min(1).optional())).toBe('text')
    expect(html(z.string().min(1).nullable())).toBe('text')
    expect(html(z.string().refine((text) => text !== ''))).toBe('text required')
    expect(html(z.string().refine(async (text) => text !== ''))).toBe('text required')
  })

  it('has its limits, but none that the browser counts otherwise', () => {
    expect(html(z.string().min(2).max(40))).toBe(
      'text required maxLength=40 minLength=2'.replace('maxLength=40 minLength=2', 'minLength=2 maxLength=40'),
    )
    expect(html(z.string().length(5))).toBe('text required minLength=5 maxLength=5')
    expect(html(z.string().trim().min(2).max(40))).toBe('text required minLength=2')
    expect(html(z.string().max(4000))).toBe('textarea maxLength=4000')
  })

  it('has the widget and the keyboard of its format', () => {
    expect(html(z.email())).toBe('email required autoComplete=email inputMode=email')
    expect(html(z.url().optional())).toBe('url autoComplete=url inputMode=url')
    expect(html(z.iso.date())).toBe('date required')
    expect(html(z.iso.time())).toBe('time required')
    expect(html(z.iso.datetime())).toBe('datetime required')
    expect(html(z.string().min(8), 'newPassword')).toBe('password required minLength=8 autoComplete=new-password')
    expect(html(z.string(), 'firstName')).toBe('text autoComplete=given-name')
  })

  it('has a pattern that allows just what the schema does', () => {
    const pattern = (regex: RegExp): string | undefined => leaf(z.string().regex(regex)).attributes.pattern
    const allows = (regex: RegExp, text: string): boolean => new RegExp(`^(?:${pattern(regex)})$`, 'v').test(text)

    for (const [regex, texts] of [
      [/^[a-z0-9-]+$/, ['a-1', 'A', '', 'a b']],
      [/\d{3}/, ['a123b', '12', '123\n']],
      [/^a|b$/, ['ax', 'xb', 'x', 'b']],
      [/^[\w-.]+$/, ['a-b.c', 'a b']],
      [/^[(){}[\]/|&&-]*$/, ['(-|&', 'a']],
      [/^[^-\s]*$/, ['a-b', 'ab']],
    ] as const)
      for (const text of texts) expect(allows(regex, text), `${regex} ${JSON.stringify(text)}`).toBe(regex.test(text))
    expect(pattern(/^[a-z]$/i)).toBeUndefined()
    expect(leaf(z.string().regex(/a/).regex(/b/)).attributes.pattern).toBeUndefined()
  })
})

describe('numbers', () => {
  it('have range and step', () => {
    expect(html(z.int().min(1).max(5))).toBe('number required min=1 max=5 inputMode=numeric')
    expect(html(z.number())).toBe('number required step=any')
    expect(html(z.number().gt(0).multipleOf(0.5))).toBe('number required min=0 inputMode=decimal step=0.5')
    expect(html(z.int().gt(0).lt(10).optional())).toBe('number min=1 max=9 inputMode=numeric')
    expect(html(z.bigint().positive())).toBe('number required min=1 inputMode=numeric')
    expect(html(decimal({ scale: 2, min: 0 }))).toBe('number required step=0.01')
  })
})

describe('dates', () => {
  it('are moments, or days where the schema says so', () => {
    expect(html(z.date().min(new Date('2026-01-01T00:00:00Z')))).toBe('datetime required min=2026-01-01T00:00 step=any')
    expect(html(z.date().max(new Date('2026-01-31T00:00:00Z')).meta({ widget: 'date' }))).toBe('date required max=2026-01-31')
    expect(html(z.date().min(new Date('2026-07-01T00:00:00Z')).meta({ timeZone: 'Europe/Paris' }))).toBe(
      'datetime required min=2026-07-01T02:00 step=any',
    )
  })
})

describe('choices', () => {
  it('come from enums, literals and unions of them', () => {
    expect(leaf(z.enum(['NOT_RATED', 'PG']))).toMatchObject({
      widget: 'select',
      required: true,
      choices: [
        { value: 'NOT_RATED', label: 'Not rated' },
        { value: 'PG', label: 'Pg' },
      ],
    })
    expect(leaf(z.enum(['PG']).meta({ labels: { PG: 'PG' } })).choices).toEqual([{ value: 'PG', label: 'PG' }])
    expect(leaf(z.union([z.literal(1), z.literal('x'), z.null()]))).toMatchObject({
      empty: 'null',
      choices: [
        { value: '1', label: '1', raw: 1 },
        { value: 'x', label: 'X' },
      ],
    })
    expect(leaf(z.array(z.enum(['a', 'b'])).min(1))).toMatchObject({ widget: 'checkboxes', multiple: true, required: true })
    // What the compiler makes of an enum of numbers.
    const Direction = { 1: 'Up', 2: 'Down', Up: 1, Down: 2 } as const
    expect(leaf(z.enum(Direction)).choices).toEqual([
      { value: '1', label: '1', raw: 1 },
      { value: '2', label: '2', raw: 2 },
    ])
  })

  it('come with the page where the schema names a widget for a list of texts or numbers', () => {
    expect(leaf(z.array(z.string()).min(1).meta({ widget: 'checkboxes' }))).toMatchObject({
      kind: 'string',
      widget: 'checkboxes',
      multiple: true,
      required: true,
    })
    expect(leaf(z.array(z.int()).meta({ widget: 'select' }))).toMatchObject({ kind: 'number', widget: 'select', multiple: true })
  })

  it('of yes and no are a box, with a third state a list', () => {
    expect(html(z.boolean())).toBe('checkbox')
    expect(html(z.literal(true))).toBe('checkbox required')
    expect(html(z.boolean().nullable())).toBe('select')
  })
})

describe('files', () => {
  it('have their types and sizes', () => {
    expect(leaf(z.file().max(5_000_000).mime(['image/png', 'image/jpeg']))).toMatchObject({
      widget: 'file',
      required: true,
      maxSize: 5_000_000,
      attributes: { accept: 'image/png,image/jpeg' },
    })
    expect(leaf(z.array(z.file()).max(3))).toMatchObject({ multiple: true, required: false })
  })
})

describe('what a schema says about itself', () => {
  it('is label, help, widget and placeholder', () => {
    const node = leaf(
      z
        .string()
        .meta({ title: 'Your words', description: 'A few will do.', widget: 'textarea', placeholder: 'Dear …', rows: 3 })
        .optional(),
    )

    expect(node).toMatchObject({
      label: 'Your words',
      help: 'A few will do.',
      widget: 'textarea',
      attributes: { placeholder: 'Dear …', rows: 3 },
      empty: 'undefined',
    })
    expect(leaf(z.string(), 'releaseDate').label).toBe('Release date')
  })

  it('is what a new form shows', () => {
    expect(leaf(z.int().default(3)).initial).toEqual(['3'])
    expect(leaf(z.boolean().default(true)).initial).toEqual(['on'])
    expect(leaf(z.enum(['a', 'b']).prefault('b')).initial).toEqual(['b'])
    expect(leaf(z.int().default(3)).required).toBe(false)
  })

  it('is the type before a transform', () => {
    expect(leaf(z.string().min(1).transform(Number).pipe(z.number())).widget).toBe('text')
    expect(leaf(z.preprocess((value) => value, z.int())).kind).toBe('number')
  })
})

describe('lists and groups', () => {
  it('are described with all that is in them', () => {
    const { fields } = describeForm(
      z.object({
        cast: z
          .array(z.object({ role: z.string() }))
          .min(1)
          .max(9),
        address: z.object({ street: z.string() }),
      }),
    )

    expect(fields['cast']).toMatchObject({
      kind: 'array',
      min: 1,
      max: 9,
      item: { kind: 'object', fields: { role: { label: 'Role' } } },
    } satisfies Partial<ArrayNode> | object)
    expect(fields['address']).toMatchObject({ kind: 'object', fields: { street: { label: 'Street' } } })
  })
})

describe('what no form can send', () => {
  it('is refused with its name', () => {
    expect(() => describeForm(z.object({ a: z.object({ when: z.map(z.string(), z.string()) }) }))).toThrow(
      expect.objectContaining({ code: 'HC_FORM_SCHEMA', where: `the field 'a.when'` }),
    )
    expect(() => describeForm(z.object({ 'a.b': z.string() }))).toThrow(expect.objectContaining({ code: 'HC_FORM_SCHEMA' }))
    expect(() => describeForm(z.object({ _action: z.string() }))).toThrow(/use the name '_action' themselves/)
    expect(() => describeForm(z.string())).toThrow(/A form's schema is an object/)
    expect(() => leaf(z.date().meta({ timeZone: 'Paris' }))).toThrow(/no time zone/)
    expect(() => leaf(z.string().meta({ widget: 'wheel' }))).toThrow(/no widget 'wheel'/)
    interface Tree {
      children: Tree[]
    }
    const tree: z.ZodType<Tree> = z.object({ children: z.array(z.lazy(() => tree)) })
    expect(() => describeForm(tree)).toThrow(/refers to itself/)
  })
})
