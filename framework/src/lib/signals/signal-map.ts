import type { Context } from '../core/context.ts'
import type { Db } from '../core/register.ts'
import type { BaseUser, User, UserId } from '../core/user.ts'

/** What receivers of account signals get. */
export interface AccountSignal {
  /** The request in which it happened. */
  context: Context
  user: User
}

/** Every signal that is not about a row, and what comes with it: subject, then event. */
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
  request: {
    started: { context: Context }
    /** The answer is ready; a page that streams is still on its way. `duration` is in milliseconds. */
    finished: { context: Context; status: number; duration: number }
    /** Something went wrong that nobody had foreseen, so the visitor gets a 500; nobody waits for its receivers. */
    failed: { context: Context; error: unknown }
  }
  migration: {
    /** `hotclub migrate apply` has run migrations; `names` are their folders, in order. */
    applied: { names: string[]; db: Db }
  }
}

/** What has signals, beside the models. */
export type Subject = keyof SignalMap

/** The events of a subject. */
export type EventOf<S extends Subject> = keyof SignalMap[S] & string

const events: { readonly [S in Subject]: readonly EventOf<S>[] } = {
  account: ['loggedIn', 'loggedOut', 'logInFailed', 'signedUp', 'passwordChanged', 'emailChanged', 'permissionsChanged', 'deleted'],
  request: ['started', 'finished', 'failed'],
  migration: ['applied'],
}

/** Whether a signal is about something else than a row, even where there is a model of that name. */
export function isSystemSignal(subject: string, event: string): boolean {
  return subject in events && (events[subject as Subject] as readonly string[]).includes(event)
}
