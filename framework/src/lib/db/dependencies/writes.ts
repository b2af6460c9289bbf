/** What a write touches, as tags. */
import type { Change } from '../changes.ts'
import { anyOwnerTag, anyRowTag, modelTag, ownerColumns, ownerTag, rowTag } from './tags.ts'

/** More rows than this in one change count as any: naming each would cost more than what it keeps. */
const manyRows = 200

/** The tags that some changes drop. */
export function tagsOf(changes: readonly Change[]): Set<string> {
  const tags = new Set<string>()
  for (const { model, rows } of changes) {
    tags.add(modelTag(model))
    if (rows === undefined || rows.length > manyRows) {
      tags.add(anyRowTag(model))
      for (const column of ownerColumns(model)) tags.add(anyOwnerTag(model, column))
    } else
      for (const row of rows) {
        tags.add(rowTag(model, row) ?? anyRowTag(model))
        for (const column of ownerColumns(model)) {
          const owner = row[column]
          // A row that belongs to none is none of anybody's.
          if (owner !== null) tags.add(ownerTag(model, column, owner) ?? anyOwnerTag(model, column))
        }
      }
  }
  return tags
}
