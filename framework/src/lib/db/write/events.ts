/** What a write does to single rows, and how receivers learn of it. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { isDeepStrictEqual } from 'node:util'
import { HotclubError } from '../../core/hotclub-error.ts'
import { getLogger } from '../../core/log.ts'
import { HttpError } from '../../core/results.ts'
import type { ModelMetadata } from '../../schema/types.ts'
import type { Change } from '../changes.ts'
import type { Row } from '../client/delegates.ts'
import type { RowEventName, RowReceiver, RowSignal } from '../client/receivers.ts'
import type { Scope } from '../client/scope.ts'
import { inTransaction } from '../client/transaction.ts'

/** Something that is about to happen to a row, or that has. */
export interface RowEvent extends RowSignal {
  readonly model: ModelMetadata
  readonly event: RowEventName
}

/** The change of a row; `undefined` where it has the values that it had. */
export function updated(model: ModelMetadata, before: Row, row: Row): RowEvent | undefined {
  const changed = Object.keys(row).filter((name) => !isDeepStrictEqual(row[name], before[name]))
  return changed.length === 0 ? undefined : { model, event: 'updated', row, before, changed }
}

/** Tells those receivers who are told before a row is written. @returns Whether there were any: they may have written themselves */
export async function tellBefore(scope: Scope, events: readonly RowEvent[]): Promise<boolean> {
  let isTold = false
  for (const event of events) isTold = (await tell(scope, event, 'before')) || isTold
  return isTold
}

/** Tells receivers what was written: some now, others once it is committed. */
export async function tellAfter(scope: Scope, events: readonly RowEvent[]): Promise<void> {
  scope.changed(events.map(changeOf))
  for (const event of events) {
    await tell(scope, event, 'after')
    for (const receiver of receiversOf(scope, event, 'committed'))
      scope.log?.afterCommit.push(() => orLog(receiver, () => receive(receiver, event, scope.root.client)))
  }
}

function changeOf({ model, event, row, before }: RowEvent): Change {
  switch (event) {
    case 'created':
      return { model, kind: 'create', rows: [row!] }
    case 'updated':
      return { model, kind: 'update', rows: [before!, row!] }
    case 'deleted':
      return { model, kind: 'delete', rows: [row!] }
    case 'linked':
    case 'unlinked':
      return { model, kind: 'link', rows: [] }
  }
}

function receiversOf({ watchers }: Scope, { model, event }: RowEvent, when: RowReceiver['when']): readonly RowReceiver[] {
  return watchers.receiversOf(model, event).filter((receiver) => receiver.when === when)
}

/** Tells the receivers inside of the transaction. @returns Whether there were any */
async function tell(scope: Scope, event: RowEvent, when: 'before' | 'after'): Promise<boolean> {
  const receivers = receiversOf(scope, event, when)
  for (const receiver of receivers) {
    // A savepoint keeps what it has written until it failed from the rest.
    if (receiver.onError === 'log') await orLog(receiver, () => inTransaction(scope, (inner) => receive(receiver, event, inner.client)))
    else
      try {
        await receive(receiver, event, scope.open.client)
      } catch (error) {
        throw stopping(receiver, error)
      }
  }
  return receivers.length > 0
}

async function orLog({ name }: RowReceiver, run: () => Promise<unknown>): Promise<void> {
  try {
    await run()
  } catch (error) {
    getLogger().error({ err: error, signal: name }, 'A receiver of a signal has failed.')
  }
}

/** An answer for the visitor, like a refusal, stays one. */
function stopping({ name }: RowReceiver, cause: unknown): unknown {
  if (cause instanceof HttpError || (cause instanceof HotclubError && cause.code === 'HC_SIGNAL')) return cause
  return new HotclubError('HC_SIGNAL', {
    where: name,
    message: `The receiver has stopped the write: ${cause instanceof Error ? cause.message : String(cause)}`,
    hint: "Nothing was written. `onError: 'log'` in the options of on() lets the write go on without the receiver.",
    cause,
  })
}

/** The receivers that are at work, from the outermost write in. */
const chain = new AsyncLocalStorage<readonly string[]>()
// Enough for any purpose, and few: a savepoint within another costs Prisma twice as much as that one.
const maximumDepth = 10

async function receive(receiver: RowReceiver, event: RowEvent, db: object): Promise<void> {
  const { row, before, changed, data, field, other } = event
  const signal = { row, before, changed, data, field, other, db }
  await chain.run([...(chain.getStore() ?? []), receiver.name], async () => void (await receiver.receive(signal as never)))
}

/** @throws {HotclubError} `HC_SIGNAL` when receivers call each other without end */
export function checkDepth(): void {
  const names = chain.getStore() ?? []
  if (names.length < maximumDepth) return
  throw new HotclubError('HC_SIGNAL', {
    where: names.at(-1)!,
    message: `Receivers write what they are themselves told of, ${maximumDepth} deep: ${[...new Set(names)].join(', ')}.`,
    hint: 'Let the receiver write only what is not yet as it should be; `changed` of an update says what is new.',
  })
}
