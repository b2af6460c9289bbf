/** What goes, changes or stands in the way when a row is deleted: told by following the schema before it is done. */
import type { ModelMetadata, RelationField } from '../../schema/types.ts'
import type { Access } from '../access.ts'
import { capitalize } from '../fields.ts'

/** Rows of one model that the deletion reaches. */
export interface Consequence {
  /** `deleted` go too, `unlinked` stay without the link, `blocking` keep it from happening. */
  kind: 'deleted' | 'unlinked' | 'blocking'
  title: string
  /** The field by which they refer to what is deleted. */
  field: string
  count: number
}

/** Relations are followed this far down; deeper rows go with those that are counted. */
const DEEPEST = 4

/**
 * Counts what refers to rows that are to be deleted, level by level, as far as the user may see it.
 *
 * @param where The rows themselves
 */
export async function consequencesOf(access: Access, model: ModelMetadata, where: object): Promise<Consequence[]> {
  const { schema } = access.site
  const found = new Map<string, Consequence>()
  const follow = async (parent: ModelMetadata, rows: object, depth: number, path: readonly string[]): Promise<void> => {
    for (const child of Object.values(schema.models))
      for (const field of child.fields) {
        if (field.kind !== 'relation' || field.type !== parent.name || field.relation.fields.length === 0) continue
        const step = `${child.name}.${field.name}`
        if (path.includes(step)) continue
        const filter = { [field.name]: { is: rows } }
        const count = (await access.rows(child).count({ where: filter })) as number
        if (count === 0) continue
        const kind = kindOf(field)
        const id = `${kind} ${step}`
        const before = found.get(id)
        found.set(id, { kind, title: count === 1 ? child.singular : child.plural, field: field.label, count: count + (before?.count ?? 0) })
        if (kind === 'deleted' && depth < DEEPEST) await follow(child, filter, depth + 1, [...path, step])
      }
  }
  await follow(model, where, 1, [])
  const order = ['blocking', 'deleted', 'unlinked']
  return [...found.values()]
    .map((item) => ({ ...item, title: capitalize(item.title) }))
    .toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
}

function kindOf({ relation }: RelationField): Consequence['kind'] {
  if (relation.onDelete === 'Cascade') return 'deleted'
  return relation.onDelete === 'SetNull' || relation.onDelete === 'SetDefault' ? 'unlinked' : 'blocking'
}
