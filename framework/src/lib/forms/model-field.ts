/** The zod schema of one column: its type and limits from Prisma and the database, the rest from its `///` comment. */
import { z, type ZodType } from 'zod'
import { getSchema } from '../schema/registry.ts'
import type { EnumField, ScalarField } from '../schema/types.ts'
import { decimal } from './decimal.ts'
import { email, webUrl } from './text-formats.ts'
import type { FieldMeta } from './zod-types.ts'

const INT32 = [-2_147_483_648, 2_147_483_647] as const
/** What the native integer types hold. */
const ranges: Record<string, readonly [number, number]> = {
  TinyInt: [-128, 127],
  UnsignedTinyInt: [0, 255],
  SmallInt: [-32_768, 32_767],
  UnsignedSmallInt: [0, 65_535],
  MediumInt: [-8_388_608, 8_388_607],
  UnsignedMediumInt: [0, 16_777_215],
  UnsignedInt: [0, 4_294_967_295],
  Oid: [0, 4_294_967_295],
}
const INT64 = [-(2n ** 63n), 2n ** 63n - 1n] as const

/** Formats of text that a comment may ask for by name: `@email`. */
const formats: Record<string, () => z.ZodString | z.ZodUUID> = {
  email,
  url: webUrl,
  uuid: () => z.uuid(),
}

/**
 * Makes the schema of a column. A required text has to hold something, unless its comment says `@blank`; a text of one line loses the spaces around
 * it. A default that is a plain value is what a new form shows.
 */
export function fieldSchema(field: ScalarField | EnumField, label: string): ZodType {
  const one = field.kind === 'enum' ? enumSchema(field) : scalarSchema(field)
  let schema: ZodType = field.isList ? z.array(one) : one
  if (!field.isRequired) schema = schema.nullable()
  return schema.meta({ ...schema.meta(), ...metaOf(field, label) })
}

function metaOf(field: ScalarField | EnumField, label: string): FieldMeta {
  const { annotations } = field.documentation
  const text = (name: string): string | undefined => (typeof annotations[name] === 'string' ? annotations[name] : undefined)
  const help = text('help')
  const widget = text('widget') ?? (annotations['multiline'] ? 'textarea' : annotations['password'] ? 'password' : undefined)
  const placeholder = text('placeholder')
  const step = text('step')
  const initial = field.default?.kind === 'value' ? field.default.value : undefined
  return {
    title: text('unit') ? `${label} (${text('unit')})` : label,
    ...(help === undefined ? {} : { description: help }),
    ...(widget === undefined ? {} : { widget }),
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(step === undefined ? {} : { step: Number(step) }),
    ...(initial === undefined ? {} : { initial: field.kind === 'scalar' && field.type === 'Decimal' ? String(initial) : initial }),
  }
}

function enumSchema(field: EnumField): ZodType {
  const values = getSchema()?.enums[field.type]?.values ?? []
  return z.enum(values.map(({ name }) => name)).meta({ labels: Object.fromEntries(values.map(({ name, label }) => [name, label])) })
}

function scalarSchema(field: ScalarField): ZodType {
  switch (field.type) {
    case 'String':
      return textSchema(field)
    case 'Int': {
      const [least, most] = ranges[field.nativeType?.name ?? ''] ?? INT32
      return z
        .int()
        .min(limit(field, 'min') ?? least)
        .max(limit(field, 'max') ?? most)
    }
    case 'BigInt': {
      const [least, most] = [limit(field, 'min'), limit(field, 'max')]
      return z
        .bigint()
        .min(least === undefined ? INT64[0] : BigInt(least))
        .max(most === undefined ? INT64[1] : BigInt(most))
    }
    case 'Float': {
      const [least, most] = [limit(field, 'min'), limit(field, 'max')]
      const number = least === undefined ? z.number() : z.number().min(least)
      return most === undefined ? number : number.max(most)
    }
    case 'Decimal': {
      const [precision, scale] = field.nativeType?.args ?? []
      const [min, max] = [limit(field, 'min'), limit(field, 'max')]
      return decimal({
        ...(precision === undefined ? {} : { precision: Number(precision) }),
        ...(scale === undefined ? {} : { scale: Number(scale) }),
        ...(min === undefined ? {} : { min }),
        ...(max === undefined ? {} : { max }),
      })
    }
    case 'Boolean':
      return z.boolean()
    case 'DateTime':
      return field.nativeType?.name === 'Date' || field.documentation.annotations['date'] ? z.date().meta({ widget: 'date' }) : z.date()
    case 'Json':
      return z.json()
    case 'Bytes':
      return z.file().transform(async (file) => new Uint8Array(await file.arrayBuffer()))
  }
}

function textSchema(field: ScalarField): ZodType {
  const { annotations } = field.documentation
  const format = Object.keys(formats).find((name) => annotations[name])
  const base = format ? formats[format]!() : annotations['multiline'] || annotations['password'] ? z.string() : z.string().trim()
  const native = field.nativeType && /Char/.test(field.nativeType.name) ? Number(field.nativeType.args[0]) : undefined
  const least = limit(field, 'min') ?? (annotations['blank'] ? 0 : 1)
  const most = limit(field, 'max') ?? (native && Number.isFinite(native) ? native : undefined)
  let schema: z.ZodString = base as z.ZodString
  // An empty text in a column that may be NULL becomes NULL before the schema sees it.
  if (least > 0) schema = schema.min(least)
  if (most !== undefined) schema = schema.max(most)
  return schema
}

function limit(field: ScalarField, name: 'min' | 'max'): number | undefined {
  const text = field.documentation.annotations[name]
  const value = typeof text === 'string' ? Number(text) : NaN
  return Number.isNaN(value) ? undefined : value
}
