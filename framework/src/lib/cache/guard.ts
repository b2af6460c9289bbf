import { setTimeout as delay } from 'node:timers/promises'
import type { CacheStore, StoreEvents } from '../core/cache.ts'
import { getLogger } from '../core/log.ts'
import { withTimeLimit } from './time-limit.ts'

/** Failures in a row that make an outage. */
const tolerance = 3
/** Milliseconds between two attempts to connect again: less than the grace, in which every process must have told its news. */
const pause = 200
/** Milliseconds that a connection may take. */
const connectLimit = 2_000

type State = 'starting' | 'up' | 'down' | 'grace' | 'closed'

/** What a guard tells, and asks. */
export interface GuardEvents extends Pick<StoreEvents, 'heard' | 'missed'> {
  /** Tells the store, which is back, what could not be told it meanwhile. @returns Whether all could be */
  flush(): Promise<boolean>
}

/**
 * Stands between a cache and a store that may be slow or gone: each operation has little time, and in an outage none is tried.
 *
 * An outage begins with a lost connection or some failures in a row. It ends when the store has answered and been told what was invalidated
 * meanwhile, and a time of grace has passed in which other processes do the same.
 */
export class Guard {
  readonly #store: CacheStore
  readonly #events: GuardEvents
  #state: State = 'starting'
  #failures = 0
  /** Counts losses, so that one during the grace is not overlooked. */
  #losses = 0
  readonly #start: Promise<void>

  constructor(store: CacheStore, events: GuardEvents) {
    this.#store = store
    this.#events = events
    this.#start = this.#begin()
  }

  get isUp(): boolean {
    return this.#state === 'up'
  }

  /** Runs an operation. @returns `undefined` when it failed, or was not tried */
  async run<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (this.#state === 'starting') await withTimeLimit(this.#start, this.#store.timing.timeout).catch(() => undefined)
    return this.#state === 'up' ? await this.#try(work) : undefined
  }

  /** Runs an operation that tells others what changed: it goes out in the time of grace too. */
  async tell<T>(work: () => Promise<T>): Promise<T | undefined> {
    return this.#state === 'grace' ? await this.#try(work) : await this.run(work)
  }

  async close(): Promise<void> {
    this.#state = 'closed'
    await this.#store.close()
  }

  async #try<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      const result = await withTimeLimit(work(), this.#store.timing.timeout)
      this.#failures = 0
      return result
    } catch (error) {
      if (++this.#failures >= tolerance) this.#lost(error)
      return undefined
    }
  }

  async #begin(): Promise<void> {
    try {
      await this.#connect()
      if (this.#state === 'starting') this.#state = 'up'
    } catch (error) {
      this.#lost(error)
    }
  }

  async #connect(): Promise<void> {
    const { heard, missed } = this.#events
    await withTimeLimit(this.#store.connect({ heard, missed, lost: (error) => this.#lost(error) }), connectLimit)
  }

  #lost(err: unknown): void {
    this.#losses++
    if (this.#state === 'down' || this.#state === 'closed') return
    if (this.#state !== 'grace')
      getLogger().error({ err, store: this.#store.name }, 'The cache cannot be reached. The app goes on without it until it is back.')
    const isRecovering = this.#state === 'grace'
    this.#state = 'down'
    this.#events.missed()
    if (!isRecovering) void this.#recover()
  }

  async #recover(): Promise<void> {
    while (this.#state !== 'closed') {
      await delay(pause, undefined, { ref: false })
      if (await this.#isBack()) {
        getLogger().info({ store: this.#store.name }, 'The cache is back.')
        return
      }
    }
  }

  async #isBack(): Promise<boolean> {
    const losses = this.#losses
    const isGood = (): boolean => this.#losses === losses && this.#state !== 'closed'
    try {
      await this.#connect()
    } catch {
      return false
    }
    if (!isGood()) return false
    this.#failures = 0
    this.#state = 'grace'
    if (await this.#events.flush()) {
      await delay(this.#store.timing.grace, undefined, { ref: false })
      if (isGood() && (await this.#events.flush()) && isGood()) {
        this.#events.missed()
        this.#state = 'up'
        return true
      }
    }
    if (this.#state === 'grace') this.#state = 'down'
    return false
  }
}
