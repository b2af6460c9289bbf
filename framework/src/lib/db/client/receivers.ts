import type { Row } from './delegates.ts'
import { scopeOf } from './scope.ts'

/** What can happen to a row. */
export type RowEventName = 'created' | 'updated' | 'deleted' | 'linked' | 'unlinked'

/** What a receiver is told, beside the client to use. */
export interface RowSignal {
  /** The row as it is now; a deleted one as it was. Absent before a row is created. */
  readonly row?: Row
  /** The row as it was; after an update. */
  readonly before?: Row
  /** The columns whose values are others now; after an update. */
  readonly changed?: readonly string[]
  /** What is about to be written; before a creation or an update. */
  readonly data?: Readonly<Record<string, unknown>>
  /** The relation, and the row at its other end; of links. */
  readonly field?: string
  readonly other?: Row
}

/** Somebody who is told what happens to the rows of a model. */
export interface RowReceiver {
  /** The name of the model on the client. */
  readonly subject: string
  readonly event: RowEventName
  /** `before` and `after` the row is written, in the same transaction; or once that is `committed`. */
  readonly when: 'before' | 'after' | 'committed'
  /** Whether a failure stops the write, or is logged. */
  readonly onError: 'stop' | 'log'
  /** What messages call it. */
  readonly name: string
  readonly receive: (signal: never) => unknown
}

/**
 * Makes receivers those of a client, its transactions and `db.as(user)`, in place of any that it had.
 *
 * @throws {HotclubError} `HC_CLIENT`; `HC_MODEL` for a receiver of a model that the schema does not have
 */
export function setReceivers(db: object, receivers: readonly RowReceiver[]): void {
  scopeOf(db).watchers.setReceivers(receivers)
}
