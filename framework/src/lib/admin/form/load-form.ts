/** What the page of a form shows. */
import type { AnyRouteContext } from '../../forms/form-action.ts'
import { findField } from '../../db/call/names.ts'
import type { Access } from '../access.ts'
import { isChildren } from '../fields.ts'
import { whereKey } from '../key.ts'
import type { AdminModel } from '../site.ts'
import { listPath } from '../views/paths.ts'
import type { FormData } from '../views/form-page.tsx'
import { firstChoices } from './choices.ts'
import { mayAdd } from './plan.ts'
import { type FormRecord, loadRecord } from './record.ts'
import { subjectOf } from './save.ts'

/** Loads the form that the address names. @throws 404 and 403 as the form itself */
export async function loadForm(context: AnyRouteContext): Promise<FormData> {
  const { access, model, sections, key } = await subjectOf(context)
  const record = key === undefined ? undefined : await loadRecord(access, model, key, sections)
  const [choices, related, canDelete, canAdd] = await Promise.all([
    firstChoices(access, sections),
    record ? relatedTo(access, model, record) : [],
    record ? access.mayRow(model, 'delete', record.row) : false,
    mayAdd(access, model),
  ])
  return {
    slug: model.slug,
    title: model.title,
    singular: model.metadata.singular,
    record: record && { key: record.key, label: record.label, version: record.version },
    sections,
    values: record?.values ?? {},
    shown: record?.shown ?? {},
    choices,
    canChange: sections.some(({ fields }) => fields.some(({ isEditable }) => isEditable)),
    canDelete,
    canAdd,
    related,
  }
}

/** Lists of the rows that refer to a row, with how many there are, in one query. */
async function relatedTo(access: Access, { metadata }: AdminModel, { row, key }: FormRecord): Promise<FormData['related']> {
  const found: Array<{ name: string; label: string; slug: string; back: string }> = []
  for (const field of metadata.fields) {
    if (!isChildren(field) || !access.sees(metadata, field.name)) continue
    const target = access.site.byName(field.type)
    if (!target || !(await access.may(target, 'view')) || !access.sees(target.metadata, field.relation.backField)) continue
    if (findField(target.metadata, field.relation.backField))
      found.push({ name: field.name, label: field.label, slug: target.slug, back: field.relation.backField })
  }
  if (found.length === 0) return []
  const counted = await access.rows(metadata).findUnique({
    where: whereKey(metadata, row),
    select: { _count: { select: Object.fromEntries(found.map(({ name }) => [name, true])) } },
  })
  const counts = (counted?.['_count'] ?? {}) as Record<string, number>
  return found.map(({ name, label, slug, back }) => ({
    label,
    href: `${listPath(slug)}?${new URLSearchParams({ [`f.${back}`]: key }).toString()}`,
    count: counts[name] ?? 0,
  }))
}
