import type { CacheEntry } from '../core/cache.ts'
import { HotclubError } from '../core/hotclub-error.ts'
import { Space } from './address.ts'
import type { Cache, KeepOptions, MakeOptions } from './cache.ts'
import type { EntryHandle } from './computation.ts'
import type { Engine } from './engine.ts'
import { userTag } from './ledger.ts'
import { type Kept, valueOf } from './memory.ts'
import { milliseconds } from './seconds.ts'
import { encodeValue } from './values.ts'

/** A cache as apps see it: one namespace of an engine's entries. */
export class ScopedCache implements Cache {
  readonly #engine: Engine
  readonly #seconds: number
  readonly #space: Space

  /** @param seconds The life of entries for which nothing else is said */
  constructor(engine: Engine, seconds: number, space: Space = new Space()) {
    this.#engine = engine
    this.#seconds = seconds
    this.#space = space
  }

  async get<T = unknown>(key: string): Promise<T | undefined> {
    const kept = await this.#fresh(key)
    return kept && ((await valueOf(kept, false)) as T)
  }

  async set(key: string, value: unknown, options: KeepOptions = {}): Promise<void> {
    const entry = this.#entry(key, value, options)
    if (entry) await this.#engine.write(this.#space.address('value', key), entry, 'set')
    else await this.#engine.backend.delete([this.#space.address('value', key)])
  }

  async add(key: string, value: unknown, options: KeepOptions = {}): Promise<boolean> {
    const entry = this.#entry(key, value, options)
    return entry !== undefined && (await this.#engine.write(this.#space.address('value', key), entry, 'add'))
  }

  async getOrSet<T>(key: string, compute: (entry: EntryHandle) => T | Promise<T>, options: MakeOptions = {}): Promise<T> {
    const { seconds = this.#seconds, stale = 0, tags = [], asIs = false } = options
    const value = await this.#engine.findOrMake({ address: this.#space.address('value', key), compute, seconds, stale, tags, asIs })
    return value as T
  }

  async delete(key: string): Promise<boolean> {
    return (await this.deleteMany([key])) > 0
  }

  async getMany<T = unknown>(keys: Iterable<string>): Promise<Map<string, T>> {
    const names = [...new Set(keys)]
    const found = await this.#engine.findMany(names.map((key) => this.#space.address('value', key)))
    const values = new Map<string, T>()
    for (const [place, kept] of found.entries())
      if (kept && this.#engine.isFresh(kept)) values.set(names[place]!, (await valueOf(kept, false)) as T)
    return values
  }

  async setMany(values: Iterable<readonly [key: string, value: unknown]>, options: KeepOptions = {}): Promise<void> {
    await Promise.all([...values].map(([key, value]) => this.set(key, value, options)))
  }

  async deleteMany(keys: Iterable<string>): Promise<number> {
    const names = [...new Set(keys)]
    const [values, counters] = await Promise.all(
      (['value', 'counter'] as const).map((kind) => this.#engine.backend.delete(names.map((key) => this.#space.address(kind, key)))),
    )
    return values! + counters!
  }

  async has(key: string): Promise<boolean> {
    return (await this.#fresh(key)) !== undefined
  }

  async increment(
    key: string,
    by: number = 1,
    { seconds = this.#seconds }: Pick<KeepOptions, 'seconds'> = {},
  ): Promise<number | undefined> {
    if (!Number.isSafeInteger(by))
      throw new HotclubError('HC_CACHE', { where: key, message: `A counter cannot grow by ${by}.`, hint: 'Add whole numbers.' })
    return await this.#engine.backend.increment(this.#space.address('counter', key), by, this.#end(seconds))
  }

  async touch(key: string, seconds: number): Promise<boolean> {
    return await this.#engine.backend.touch(this.#space.address('value', key), this.#end(seconds))
  }

  async invalidate(...tags: string[]): Promise<void> {
    await this.#engine.backend.invalidate(tags.map(userTag))
  }

  async clear(): Promise<void> {
    await this.#engine.backend.invalidate([this.#space.tag])
  }

  namespace(name: string): Cache {
    return new ScopedCache(this.#engine, this.#seconds, new Space([...this.#space.path, name]))
  }

  async #fresh(key: string): Promise<Kept | undefined> {
    const kept = await this.#engine.find(this.#space.address('value', key))
    return kept && this.#engine.isFresh(kept) ? kept : undefined
  }

  /** @returns `undefined` for what is not to be kept at all */
  #entry(key: string, value: unknown, { seconds = this.#seconds, tags = [] }: KeepOptions): CacheEntry | undefined {
    const entry = { text: encodeValue(value, key), tags: tags.map(userTag), endsAt: this.#end(seconds), stale: 0 }
    return seconds > 0 ? entry : undefined
  }

  #end(seconds: number): number {
    return this.#engine.now() + milliseconds(seconds)
  }
}
