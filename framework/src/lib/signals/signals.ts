import { getLogger } from '../core/log.ts'
import { serviceKey, type ServiceKey } from '../core/services.ts'
import type { Receiver, RowEvent } from './receiver.ts'
import { isSystemSignal, type EventOf, type SignalMap, type Subject } from './signal-map.ts'

/** The receivers of an app. */
export const signalsService: ServiceKey<Signals> = serviceKey('signals', 'Hotclub sets them up when the app is made.')

/** Tells receivers what has happened. What happens to rows, the client of the database tells them itself. */
export class Signals {
  /** Those of rows, for that client. */
  readonly ofRows: readonly (Receiver & { event: RowEvent })[]
  readonly #receivers: ReadonlyMap<string, readonly Receiver[]>

  /** @param exported Whatever the files of `app/signals` export; what is no receiver is passed over */
  constructor(exported: readonly unknown[]) {
    const receivers = exported.filter(isReceiver)
    this.ofRows = receivers.filter(
      (receiver): receiver is Receiver & { event: RowEvent } => !isSystemSignal(receiver.subject, receiver.event),
    )
    this.#receivers = Map.groupBy(receivers, ({ subject, event }) => `${subject}.${event}`)
  }

  /** Whether anybody is told of an event, for whoever would have to do something to find out what to tell. */
  hear<S extends Subject>(subject: S, event: EventOf<S>): boolean {
    return this.#receivers.has(`${subject}.${event}`)
  }

  /** Tells every receiver, one after the other, and waits for each. Never rejects. */
  async send<S extends Subject, E extends EventOf<S>>(subject: S, event: E, signal: SignalMap[S][E]): Promise<void> {
    for (const { receive, name } of this.#receivers.get(`${subject}.${event}`) ?? []) {
      try {
        await receive(signal as never)
      } catch (error) {
        getLogger().error({ err: error, signal: name }, 'A receiver of a signal has failed.')
      }
    }
  }
}

function isReceiver(value: unknown): value is Receiver {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'receiver'
}
