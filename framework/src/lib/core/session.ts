import type { UserId } from './user.ts'

/**
 * What the site remembers of one browser. It begins with the first value that is set, or with a sign-in; until then there is neither a row
 * nor a cookie.
 */
export interface Session {
  /** Who is signed in; `undefined` for a stranger. */
  readonly userId: UserId | undefined
  /** When the user last proved who they are. */
  readonly confirmedAt: Date | undefined
  /** How the user signed in: `password`, `passkey`, the name of a provider. */
  readonly method: string
  /** The value under `key`; `undefined` without one. Always as the database has it now. */
  get<T = unknown>(key: string): Promise<T | undefined>
  /**
   * Keeps a value. Requests at the same time that set other keys lose nothing; of two that set the same key the later one counts.
   *
   * @param value Anything JSON can hold
   */
  set(key: string, value: unknown): Promise<void>
  /**
   * Changes a value by what it was, so that no change made at the same time is lost.
   *
   * @param change Gets the value (`undefined` without one) and gives the next; may be called again. `undefined` takes it away
   * @returns What it is now
   */
  update<T>(key: string, change: (value: T | undefined) => T | undefined): Promise<T | undefined>
  /** Forgets a value. */
  delete(key: string): Promise<void>
  /** Ends the session: its values are gone, and the cookie is worth nothing. */
  end(): Promise<void>
}
