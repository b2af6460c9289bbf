import type { Context } from '../core/context.ts'
import { getLogger } from '../core/log.ts'
import { serviceKey, type ServiceKey } from '../core/services.ts'
import type { BaseUser, User, UserId } from '../core/user.ts'

/** What receivers of account signals get. */
export interface AccountSignal {
  /** The request in which it happened. */
  context: Context
  user: User
}

/** Every signal and what comes with it: subject, then event. */
export interface SignalMap {
  account: {
    loggedIn: AccountSignal & { method: string }
    loggedOut: AccountSignal
    /** Nobody was let in. `email` is what was typed; the password is not here. */
    logInFailed: { context: Context; email: string; user: BaseUser | null }
    signedUp: AccountSignal
    passwordChanged: AccountSignal
    emailChanged: AccountSignal & { before: string }
    permissionsChanged: { users: UserId[] }
    deleted: AccountSignal
  }
}

/** What has signals. */
export type Subject = keyof SignalMap

/** The events of a subject. */
export type EventOf<S extends Subject> = keyof SignalMap[S] & string

/** Something that is told when an event has happened. */
export interface Receiver {
  readonly kind: 'receiver'
  readonly subject: string
  readonly event: string
  readonly receive: (signal: never) => void | Promise<void>
}

/**
 * Declares what happens when something has happened. Export it from a file in `app/signals/`; nothing else has to know it.
 *
 * ```ts
 * export const welcome = on('account', 'signedUp', async ({ user, context }) => { … })
 * ```
 *
 * Receivers run after the fact, in the order of their files. One that fails is logged and stops nothing.
 */
export function on<S extends Subject, E extends EventOf<S>>(
  subject: S,
  event: E,
  receive: (signal: SignalMap[S][E]) => void | Promise<void>,
): Receiver {
  return { kind: 'receiver', subject, event, receive: receive as Receiver['receive'] }
}

/** The receivers of an app. */
export const signalsService: ServiceKey<Signals> = serviceKey('signals', 'Hotclub sets them up when the app is made.')

/** Tells receivers what has happened. */
export class Signals {
  readonly #receivers = new Map<string, Receiver['receive'][]>()

  /** @param exported Whatever the files of `app/signals` export; what is no receiver is passed over */
  constructor(exported: readonly unknown[]) {
    for (const { subject, event, receive } of exported.filter(isReceiver)) {
      const name = `${subject}.${event}`
      this.#receivers.set(name, [...(this.#receivers.get(name) ?? []), receive])
    }
  }

  /** Tells every receiver, one after the other, and waits for each. Never rejects. */
  async send<S extends Subject, E extends EventOf<S>>(subject: S, event: E, signal: SignalMap[S][E]): Promise<void> {
    for (const receive of this.#receivers.get(`${subject}.${event}`) ?? []) {
      try {
        await receive(signal as never)
      } catch (error) {
        getLogger().error({ err: error, signal: `${subject}.${event}` }, 'A receiver of a signal has failed.')
      }
    }
  }
}

function isReceiver(value: unknown): value is Receiver {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'receiver'
}
