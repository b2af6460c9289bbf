/** What writes have changed, for whoever keeps something that depends on it. */
import type { ModelMetadata } from '../schema/types.ts'
import { scopeOf } from './client/scope.ts'

/** What is known of a row: columns by the names of their fields. A column that is missing is not known. */
export type Image = Readonly<Record<string, unknown>>

/** What one write changed in one model. */
export interface Change {
  readonly model: ModelMetadata
  /** `link`: rows of a many-to-many relation were linked, or are no longer; each of the two models has such a change. */
  readonly kind: 'create' | 'update' | 'delete' | 'link'
  /**
   * Every image, before and after, of every row that changed; several rows may share one that says what they have in common. `undefined`: it may be any row.
   * A link changes no row, so there are none.
   */
  readonly rows?: readonly Image[] | undefined
}

/**
 * Tells a listener of what was written through a client, its transactions, and `db.as(user)`.
 *
 * It is called after each commit and before the write, or the transaction, resolves for its caller. It learns nothing of what was rolled back, and everything of a
 * write of which nobody knows whether the database has kept it, as when the connection is lost. What raw SQL writes it learns where that was declared.
 *
 * @param db A client of {@link createDb}
 * @param listener Must not fail: a write would look as if it had
 * @returns Ends it
 */
export function observeChanges(db: object, listener: (changes: readonly Change[]) => void): () => void {
  const { listeners } = scopeOf(db).watchers
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
