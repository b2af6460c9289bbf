/** One row, as a form shows it. */
import { createHash } from 'node:crypto'
import { notFound } from '../../core/results.ts'
import { findField } from '../../db/call/names.ts'
import type { Row } from '../../db/client/delegates.ts'
import type { FieldMetadata, ModelMetadata } from '../../schema/types.ts'
import type { Access } from '../access.ts'
import { isReference, labelOf, labelSelect } from '../fields.ts'
import { keyOf, readKey, whereKey } from '../key.ts'
import { linked } from '../list/load-list.ts'
import type { AdminModel } from '../site.ts'
import type { Section } from './plan.ts'
import type { FormValues } from './schema.ts'

/** Linked rows that a form reads at once; a row with more of them is edited from the other side. */
const MOST_LINKED = 500

/** A row with all that its form shows. */
export interface FormRecord {
  row: Row
  key: string
  label: string
  /** What the fields of the form hold. */
  values: FormValues
  /** What cannot be changed, and what relations are called: by field. */
  shown: Record<string, unknown>
  version: string
}

/**
 * Reads a row.
 *
 * @throws 404 where there is none with this key, or none that the user may know of
 */
export async function loadRecord(access: Access, model: AdminModel, text: string, sections: readonly Section[]): Promise<FormRecord> {
  const { metadata, keys } = model
  const key = keys.length > 0 ? readKey(metadata, text) : undefined
  if (!key) notFound()
  const row = await access.rows(metadata).findUnique({ where: whereKey(metadata, key), select: selectOf(access, model, sections) })
  if (!row) notFound()
  return toRecord(access, model, row, sections)
}

/** Which fields a form reads. */
function selectOf(access: Access, { metadata, keys }: AdminModel, sections: readonly Section[]): object {
  const select: Record<string, unknown> = labelSelect(metadata, keys, (name) => access.sees(metadata, name))
  for (const { name } of sections.flatMap(({ fields }) => fields)) {
    const field = findField(metadata, name)!
    select[name] = field.kind === 'relation' ? relatedSelect(access, field) : true
  }
  if (metadata.name === 'User') select['isSuperuser'] = true
  return select
}

function relatedSelect(access: Access, field: FieldMetadata): object {
  const target = access.site.schema.models[field.type]!
  const keys = access.site.byName(field.type)?.keys ?? []
  const columns = labelSelect(target, keys, (name) => access.sees(target, name))
  const select = Object.keys(columns).length > 0 ? columns : { [target.fields.find(({ kind }) => kind === 'scalar')!.name]: true }
  return field.isList ? { select, take: MOST_LINKED } : { select }
}

function toRecord(access: Access, model: AdminModel, row: Row, sections: readonly Section[]): FormRecord {
  const { metadata } = model
  const values: FormValues = {}
  const shown: Record<string, unknown> = {}
  for (const { name, isEditable } of sections.flatMap(({ fields }) => fields)) {
    const field = findField(metadata, name)!
    const value = row[name]
    if (field.kind !== 'relation') {
      if (isEditable) values[name] = value
      else shown[name] = value instanceof Uint8Array ? value.byteLength : (value ?? null)
      continue
    }
    const links = field.isList
      ? ((value ?? []) as Row[]).map((item) => linked(access, field.type, item))
      : value
        ? [linked(access, field.type, value as Row)]
        : []
    if (isEditable) values[name] = field.isList ? links.map(({ key }) => key) : (links[0]?.key ?? null)
    shown[name] = field.isList ? { items: links, count: links.length } : (links[0] ?? null)
  }
  const key = keyOf(metadata, row)
  return { row, key, label: labelOf(metadata, row, key), values, shown, version: versionOf(values) }
}

/** The same for the same values. */
function versionOf(values: FormValues): string {
  const text = JSON.stringify(values, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))
  return createHash('sha256').update(text).digest('base64url').slice(0, 22)
}

/** What a form writes, as Prisma takes it. Keys that cannot be read come back by field, with what is wrong with them. */
export function toData(
  access: Access,
  metadata: ModelMetadata,
  sections: readonly Section[],
  values: FormValues,
  action: 'create' | 'update',
): { data: Record<string, unknown>; errors: Record<string, string> } {
  const data: Record<string, unknown> = {}
  const errors: Record<string, string> = {}
  for (const { name, isEditable } of sections.flatMap(({ fields }) => fields)) {
    if (!isEditable || values[name] === undefined) continue
    const field = findField(metadata, name)!
    if (field.kind !== 'relation') {
      data[name] = values[name]
      continue
    }
    const target = access.site.schema.models[field.type]!
    const texts = field.isList ? (values[name] as string[]) : values[name] === null ? [] : [values[name] as string]
    const keys = texts.map((text) => readKey(target, text))
    if (keys.includes(undefined)) {
      errors[name] = `This is no ${target.singular}.`
      continue
    }
    const found = keys as Array<Record<string, unknown>>
    if (field.isList) data[name] = { [action === 'create' ? 'connect' : 'set']: found.map((key) => whereKey(target, key)) }
    else if (isReference(field)) Object.assign(data, foreignKey(field, found[0]))
  }
  return { data, errors }
}

/** The columns of a relation; what it refers to need not be the key by which rows are told apart. */
function foreignKey({ name, relation }: Extract<FieldMetadata, { kind: 'relation' }>, key: Record<string, unknown> | undefined): object {
  const columns = relation.references.every((column) => key === undefined || column in key)
  if (!columns) return { [name]: { connect: key } }
  return Object.fromEntries(relation.fields.map((column, index) => [column, key?.[relation.references[index]!] ?? null]))
}
