/** Filters of a list: each a field and a text in the address, `f.status=DRAFT,PUBLISHED`, `f.released=1990..1999`, `f.director=12`. */
import { findField } from '../../db/call/names.ts'
import type { FieldMetadata, ModelMetadata, RelationField, ScalarField } from '../../schema/types.ts'
import type { Access } from '../access.ts'
import { isManyToMany, isReference, labelOf, labelSelect } from '../fields.ts'
import { keyOf, readKey } from '../key.ts'
import type { AdminModel } from '../site.ts'
import { dateRange } from './dates.ts'

/** How a filter is set. */
export type FilterKind = 'choice' | 'boolean' | 'date' | 'number' | 'relation'

/** A filter, as the view needs it. */
export interface Filter {
  name: string
  label: string
  kind: FilterKind
  /** Whether rows may have nothing there: the filter then knows `empty` and `set`. */
  nullable: boolean
  /** Of `choice`: what there is. */
  choices?: Array<{ value: string; label: string }>
  /** Of `relation`: the address of the model to choose from. */
  slug?: string
  /** As it stands in the address; `undefined` while it is not set. */
  value?: string
  /** What it is set to, in words. */
  words?: string
}

/** The filters a list offers, and the conditions of those that are set. A text that says nothing counts as not set. */
export async function filtersOf(
  access: Access,
  model: AdminModel,
  query: URLSearchParams,
): Promise<{ filters: Filter[]; where: object[] }> {
  // Links from the rows at the other end filter by relations that the list does not offer.
  const named = [...query.keys()].filter((name) => name.startsWith('f.')).map((name) => name.slice(2))
  const linked = named.filter((name) => findField(model.metadata, name)?.kind === 'relation')
  const fields = [...new Set([...model.filters, ...linked])]
    .map((name) => findField(model.metadata, name))
    .filter((field) => field !== undefined && access.sees(model.metadata, field.name)) as FieldMetadata[]
  const filters: Filter[] = []
  const where: object[] = []
  for (const field of fields) {
    const filter = await toFilter(access, field)
    if (!filter) continue
    const value = filterText(query, field)
    const set = value ? await readFilter(access, field, filter, value) : undefined
    filters.push(set ? { ...filter, value: value!, words: set.words } : filter)
    if (set) where.push(set.where)
  }
  return { filters, where }
}

/** A filter as its form sends it: ticks one by one, a span in two parts. */
function filterText(query: URLSearchParams, { name, kind }: FieldMetadata): string {
  const ticked = query
    .getAll(`f.${name}`)
    .map((text) => text.trim())
    .filter((text) => text !== '')
  if (ticked.length > 0) return ticked.join(kind === 'relation' ? '|' : ',').slice(0, 2_000)
  const [from, to] = ['from', 'to'].map((end) => query.get(`f.${name}.${end}`)?.trim() ?? '')
  return from === '' && to === '' ? '' : from === to ? from! : `${from}..${to}`
}

async function toFilter(access: Access, field: FieldMetadata): Promise<Filter | undefined> {
  const base = { name: field.name, label: field.label, nullable: !field.isRequired || isManyToMany(field) }
  if (field.kind === 'relation') {
    const target = access.site.byName(field.type)
    if (!target || target.keys.length === 0 || !(await access.may(target, 'view'))) return undefined
    return { ...base, kind: 'relation', slug: target.slug }
  }
  if (field.isList) return undefined
  if (field.kind === 'enum') {
    const choices = (access.site.schema.enums[field.type]?.values ?? []).map(({ name, label }) => ({ value: name, label }))
    return { ...base, kind: 'choice', choices }
  }
  if (field.kind !== 'scalar') return undefined
  if (field.type === 'Boolean') return { ...base, kind: 'boolean' }
  if (field.type === 'DateTime') return { ...base, kind: 'date' }
  return /^(?:Int|BigInt|Float|Decimal)$/.test(field.type) ? { ...base, kind: 'number' } : undefined
}

/** A condition with its words. */
interface SetFilter {
  where: object
  words: string
}

async function readFilter(access: Access, field: FieldMetadata, filter: Filter, value: string): Promise<SetFilter | undefined> {
  if (filter.nullable && (value === 'empty' || value === 'set')) return emptiness(field, value === 'empty')
  switch (filter.kind) {
    case 'choice': {
      const chosen = filter.choices!.filter((choice) => value.split(',').includes(choice.value))
      if (chosen.length === 0) return undefined
      return { where: { [field.name]: { in: chosen.map((choice) => choice.value) } }, words: chosen.map(({ label }) => label).join(', ') }
    }
    case 'boolean':
      if (value !== 'true' && value !== 'false') return undefined
      return { where: { [field.name]: value === 'true' }, words: value === 'true' ? 'Yes' : 'No' }
    case 'date': {
      const range = dateRange(value)
      return range && { where: { [field.name]: range.test }, words: range.words }
    }
    case 'number':
      return numberRange(field as ScalarField, value)
    case 'relation':
      return await relatedTo(access, field as RelationField, value)
  }
}

function emptiness(field: FieldMetadata, isEmpty: boolean): SetFilter {
  const words = isEmpty ? 'Empty' : 'Not empty'
  if (field.kind === 'relation' && field.isList) return { where: { [field.name]: isEmpty ? { none: {} } : { some: {} } }, words }
  return { where: { [field.name]: isEmpty ? null : { not: null } }, words }
}

function numberRange(field: ScalarField, value: string): SetFilter | undefined {
  const match = /^(-?[\d.]*)\.\.(-?[\d.]*)$/.exec(value) ?? /^(-?[\d.]+)()$/.exec(value)
  if (!match) return undefined
  const isRange = value.includes('..')
  const [least, most] = [match[1]!, match[2]!].map((text) => (text === '' ? undefined : toNumber(field, text)))
  if (!isRange) return least === undefined ? undefined : { where: { [field.name]: least }, words: match[1]! }
  if (least === undefined && most === undefined) return undefined
  const test = { ...(least === undefined ? {} : { gte: least }), ...(most === undefined ? {} : { lte: most }) }
  const words = least === undefined ? `up to ${match[2]}` : most === undefined ? `from ${match[1]}` : `${match[1]} to ${match[2]}`
  return { where: { [field.name]: test }, words }
}

function toNumber({ type }: ScalarField, text: string): number | bigint | string | undefined {
  if (type === 'BigInt') return /^-?\d{1,18}$/.test(text) ? BigInt(text) : undefined
  if (type === 'Int') return /^-?\d{1,9}$/.test(text) ? Number(text) : undefined
  if (!/^-?\d+(?:\.\d+)?$/.test(text)) return undefined
  return type === 'Decimal' ? text : Number(text)
}

async function relatedTo(access: Access, field: RelationField, value: string): Promise<SetFilter | undefined> {
  const target: ModelMetadata = access.site.schema.models[field.type]!
  const keys = value.split('|').flatMap((text) => readKey(target, text) ?? [])
  if (keys.length === 0) return undefined
  const any = { OR: keys }
  const model = access.site.byName(field.type)!
  const select = labelSelect(target, model.keys, (name) => access.sees(target, name))
  const rows = await access.rows(target).findMany({ where: any, select })
  // A key that the reader may not know of is none.
  if (rows.length === 0) return undefined
  const words = rows.map((row) => labelOf(target, row, keyOf(target, row))).join(', ')
  return { where: { [field.name]: isReference(field) || !field.isList ? { is: any } : { some: any } }, words }
}
