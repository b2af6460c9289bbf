import type { ColumnOf, LinkOf, ModelOf, RowOf } from '../core/models.ts'
import type { Db, TransactionOf } from '../core/register.ts'
import type { EventOf, SignalMap, Subject } from './signal-map.ts'

/** What can happen to a row; `linked` and `unlinked` are of many-to-many relations. */
export type RowEvent = 'created' | 'updated' | 'deleted' | 'linked' | 'unlinked'

/**
 * When a receiver of rows is told: `before` or `after` the row is written, both in the transaction of the write; or once that is `committed`, so that it has
 * happened for certain.
 */
export type When = 'before' | 'after' | 'committed'

/** What a receiver of rows gets. */
export type RowSignal<M, E extends RowEvent, W extends When> = Details<M, E, W> & {
  /** What to read and write with: the transaction of the write, or the app's client once it is committed. */
  db: W extends 'committed' ? Db : TransactionOf<Db>
}

interface Events<M> {
  created: { row: RowOf<Db, M> }
  updated: {
    row: RowOf<Db, M>
    /** The row as it was. */
    before: RowOf<Db, M>
    /** The columns whose values are others now. */
    changed: ColumnOf<Db, M>[]
  }
  /** `row` is what there was. */
  deleted: { row: RowOf<Db, M> }
  linked: { row: RowOf<Db, M> } & LinkOf<Db, M>
  unlinked: { row: RowOf<Db, M> } & LinkOf<Db, M>
}

type Data = Readonly<Record<string, unknown>>

interface EventsBefore<M> extends Omit<Events<M>, 'created' | 'updated'> {
  /** `data` is what is to be written, as Prisma takes it. */
  created: { data: Data }
  updated: { row: RowOf<Db, M>; data: Data }
}

type Details<M, E extends RowEvent, W extends When> = W extends 'before' ? EventsBefore<M>[E] : Events<M>[E]

export interface ReceiverOptions<W extends When = When> {
  /** Default: `committed`. */
  when?: W
  /**
   * What a failure does: `stop` the write, of which nothing remains, or go on and `log` it, without what the receiver had written until then (default: `stop`).
   * After the commit there is nothing to stop; it is always logged.
   */
  onError?: 'stop' | 'log'
}

/** Something that is told when an event has happened. */
export interface Receiver {
  readonly kind: 'receiver'
  readonly subject: string
  readonly event: string
  readonly when: When
  readonly onError: 'stop' | 'log'
  /** What messages call it. */
  readonly name: string
  readonly receive: (signal: never) => void | Promise<void>
}

/**
 * Declares what happens when something has happened. Export it from a file in `app/signals/`; nothing else has to know it.
 *
 * ```ts
 * export const welcome = on('account', 'signedUp', async ({ user, context }) => { … })
 * export const ratings = on('review', 'created', async ({ row, db }) => { … }, { when: 'after' })
 * ```
 *
 * Receivers of rows are told of every row that is written through the app's client: by single and many writes, nested ones and the cascades of the database. An
 * update that changes nothing is none. Receivers of everything else run after the fact, and one that fails is logged. All run in the order of their files.
 */
export function on<S extends Subject, E extends EventOf<S>>(
  subject: S,
  event: E,
  receive: (signal: SignalMap[S][E]) => void | Promise<void>,
): Receiver
export function on<const M extends ModelOf<Db>, E extends RowEvent, W extends When = 'committed'>(
  model: M,
  event: E,
  receive: (signal: RowSignal<M, E, W>) => void | Promise<void>,
  options?: ReceiverOptions<W>,
): Receiver
export function on(subject: string, event: string, receive: Receiver['receive'], options: ReceiverOptions = {}): Receiver {
  const { when = 'committed', onError = 'stop' } = options
  const name = `on('${subject}', '${event}')${receive.name === '' ? '' : ` ${receive.name}`}`
  return { kind: 'receiver', subject, event, when, onError, name, receive }
}
