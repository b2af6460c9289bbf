/** What an app has once and every request may use: sessions, accounts, mail. Set up when the app is made. */
import { HotclubError } from './hotclub-error.ts'

/** A typed name for a service. Create it with {@link serviceKey}. */
export interface ServiceKey<T> {
  readonly name: string
  /** What to do where the app has no such service. */
  readonly hint: string
  /** Carries the type only; never set. */
  readonly '~type'?: T
}

/**
 * Creates a typed key for a service.
 *
 * @param name What it is, for the error that says it is missing: `The app has no ${name}.`
 * @param hint How an app gets it
 */
export function serviceKey<T>(name: string, hint: string): ServiceKey<T> {
  return { name, hint }
}

/** The services of an app. */
export class Services {
  readonly #values = new Map<ServiceKey<unknown>, unknown>()

  add<T>(key: ServiceKey<T>, value: T): void {
    this.#values.set(key, value)
  }

  /** @throws {HotclubError} `HC_SERVICE` when the app has no such thing */
  get<T>(key: ServiceKey<T>): T {
    if (!this.#values.has(key)) throw new HotclubError('HC_SERVICE', { message: `The app has no ${key.name}.`, hint: key.hint })
    return this.#values.get(key) as T
  }

  /** The service, or `undefined` in an app that has none. */
  find<T>(key: ServiceKey<T>): T | undefined {
    return this.#values.get(key) as T | undefined
  }
}
