/** What a relation can be set to: found by its label, a few at a time, however many there are. */
import { findField } from '../../db/call/names.ts'
import type { Access } from '../access.ts'
import { labelSelect } from '../fields.ts'
import { linked, type Linked } from '../list/load-list.ts'
import { orderBy, totalOrder } from '../list/page.ts'
import { searchWhere } from '../list/search.ts'
import type { AdminModel, Sort } from '../site.ts'
import type { Section } from './plan.ts'

/** Choices a picker shows at once. */
const PAGE = 20

/** A page of choices. */
export interface Choices {
  items: Linked[]
  /** Whether there are more behind them. */
  more: boolean
}

/** Finds rows by what they are called. @param page Counted from 0 */
export async function findChoices(access: Access, model: AdminModel, text: string, page = 0): Promise<Choices> {
  const { metadata, keys, search } = model
  const { labelField } = metadata
  const byLabel = labelField !== undefined && findField(metadata, labelField)?.kind === 'scalar' && access.sees(metadata, labelField)
  const sort: Sort[] = byLabel ? [{ field: labelField, direction: 'asc' }] : []
  const where = searchWhere(access, metadata, search.length > 0 ? search : keys, text)
  if (where === null) return { items: [], more: false }
  const rows = await access.rows(metadata).findMany({
    ...(where ? { where } : {}),
    select: labelSelect(metadata, keys, (name) => access.sees(metadata, name)),
    orderBy: orderBy(metadata, totalOrder(sort, keys), 'after', access.site.schema.provider),
    skip: page * PAGE,
    take: PAGE + 1,
  })
  return { items: rows.slice(0, PAGE).map((row) => linked(access, metadata.name, row)), more: rows.length > PAGE }
}

/** The first choices of every relation of a form, so that it can be filled in before a script runs, or without one. */
export async function firstChoices(access: Access, sections: readonly Section[]): Promise<Record<string, Choices>> {
  const fields = sections.flatMap((section) => section.fields).filter(({ isEditable, column }) => isEditable && column.slug !== undefined)
  const entries = fields.map(async ({ name, column }) => [name, await findChoices(access, access.site.bySlug(column.slug!)!, '')] as const)
  return Object.fromEntries(await Promise.all(entries))
}
