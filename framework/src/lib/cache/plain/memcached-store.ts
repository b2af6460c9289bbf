import type { Client } from 'memjs'
import type { StoreTiming } from '../../core/cache.ts'
import { getLogger } from '../../core/log.ts'
import type { PlainStore } from './plain-store.ts'

/** Its counters have no sign: they stand so much higher. */
const zero = 2 ** 31
/** What a server takes by default, less its own needs. */
const largest = 1_048_576 - 1_024
/** A longer life is given as a date. */
const longestLife = 30 * 86_400

/** Memcached as a store. */
export class MemcachedStore implements PlainStore {
  readonly name: string
  readonly timing: StoreTiming
  readonly #client: Client
  #hasWarned = false

  constructor(client: Client, name: string, timing: StoreTiming) {
    this.#client = client
    this.name = name
    this.timing = timing
  }

  /** Asks every server. */
  async ping(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    let left = this.#client.servers.length
    this.#client.stats((error) => {
      if (error) reject(error)
      else if (--left === 0) resolve()
    })
    await promise
  }

  async get(keys: readonly string[]): Promise<Array<string | undefined>> {
    const found = await Promise.all(keys.map((key) => this.#client.get(key)))
    return found.map(({ value }) => value?.toString('utf8'))
  }

  async set(key: string, text: string, endsAt: number): Promise<boolean> {
    return this.#fits(text) && (await this.#client.set(key, text, { expires: expiry(endsAt) }))
  }

  async add(key: string, text: string, endsAt: number): Promise<boolean> {
    return this.#fits(text) && (await this.#client.add(key, text, { expires: expiry(endsAt) }))
  }

  async replace(key: string, text: string, endsAt: number): Promise<boolean> {
    return await this.#client.replace(key, text, { expires: expiry(endsAt) })
  }

  async delete(key: string): Promise<boolean> {
    return await this.#client.delete(key)
  }

  async increment(key: string, by: number, endsAt: number): Promise<number> {
    const options = { initial: zero + by, expires: expiry(endsAt) }
    const count = (): Promise<{ value?: number | null | undefined }> =>
      by < 0 ? this.#client.decrement(key, -by, options) : this.#client.increment(key, by, options)
    // Of two that begin a counter at once, the server turns one away, and then there is a counter.
    const { value } = await count().catch((error: unknown) => {
      if (error instanceof Error && error.message.endsWith('Item not stored')) return count()
      throw error
    })
    return value! - zero
  }

  async close(): Promise<void> {
    this.#client.close()
  }

  #fits(text: string): boolean {
    const size = Buffer.byteLength(text)
    if (size <= largest) return true
    if (!this.#hasWarned)
      getLogger().warn({ bytes: size, most: largest }, 'A value is too large for Memcached and is not kept. This is said once.')
    this.#hasWarned = true
    return false
  }
}

/** The end as the server wants it: whole seconds from now, or since 1970; 0 is never. Entries say themselves when they end exactly. */
function expiry(endsAt: number): number {
  if (endsAt === Infinity) return 0
  const seconds = Math.max(1, Math.ceil((endsAt - Date.now()) / 1_000))
  return seconds > longestLife ? Math.ceil(endsAt / 1_000) : seconds
}
