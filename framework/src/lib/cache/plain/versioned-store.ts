import { createHash, randomUUID } from 'node:crypto'
import type { CacheEntry, CacheStore, StoreKey, StoreTiming, WriteMode } from '../../core/cache.ts'
import type { PlainStore } from './plain-store.ts'

/** Milliseconds in which one of those who find an invalid entry takes it away for all. */
const replaceMilliseconds = 5_000

/** An entry as it was found: valid, or not any more. */
interface Found {
  entry: CacheEntry
  /** The versions its tags had. */
  ids: string[]
  isValid: boolean
}

/**
 * Makes a cache of a server that has neither scripts nor news.
 *
 * Each tag has a version, a random id, and an entry keeps those of its tags: one that is missing or another one makes it invalid. There is one
 * id for all, the tick, which changes before each invalidation. A value that was computed is kept only if the tick is the same before the
 * computation and after the versions of its tags were read: so no invalidation came between what it read and these versions.
 */
export class VersionedStore implements CacheStore {
  readonly name: string
  readonly hasNews = false
  readonly timing: StoreTiming
  readonly #plain: PlainStore
  readonly #prefix: string
  readonly #id = randomUUID()

  /** @param prefix Keeps apps apart that share a server */
  constructor(plain: PlainStore, prefix: string) {
    this.#plain = plain
    this.#prefix = prefix
    this.name = plain.name
    this.timing = plain.timing
  }

  async connect(): Promise<void> {
    await this.#plain.ping()
  }

  async mark(): Promise<string> {
    return (await this.#idsOf([this.#key('tick', '')]))[0]!
  }

  async read(keys: readonly string[]): Promise<Array<CacheEntry | undefined>> {
    const found = await this.#find(keys)
    return found.map((one) => (typeof one === 'object' && one.isValid ? one.entry : undefined))
  }

  async write({ key }: StoreKey, entry: CacheEntry, mode: WriteMode, mark: string): Promise<boolean> {
    const name = this.#key('entry', key)
    const ids = await this.versions(entry.tags)
    if (entry.tags.length > 0 && (await this.mark()) !== mark) {
      if (mode === 'set') await this.#plain.delete(name)
      return false
    }
    const text = pack(entry, ids)
    if (mode === 'add') return await this.#add(key, name, text, entry.endsAt)
    const isWritten = await this.#plain.set(name, text, entry.endsAt)
    if (!isWritten) await this.#plain.delete(name)
    return isWritten
  }

  async delete(keys: readonly StoreKey[]): Promise<number> {
    const found = await this.#find(keys.map(({ key }) => key))
    const wasThere = await Promise.all(keys.map(({ key }) => this.#plain.delete(this.#key('entry', key))))
    return found.filter((one, place) => wasThere[place] && one && (one === 'counter' || one.isValid)).length
  }

  async touch({ key }: StoreKey, freshUntil: number): Promise<boolean> {
    const [found] = await this.#find([key])
    if (typeof found !== 'object' || !found.isValid) return false
    const entry = { ...found.entry, endsAt: freshUntil + found.entry.stale }
    return await this.#plain.replace(this.#key('entry', key), pack(entry, found.ids), entry.endsAt)
  }

  async increment(key: string, by: number, endsAt: number): Promise<number> {
    return await this.#plain.increment(this.#key('entry', key), by, endsAt)
  }

  async invalidate(tags: readonly string[]): Promise<void> {
    await this.#plain.set(this.#key('tick', ''), randomUUID(), Infinity)
    await Promise.all(tags.map((tag) => this.#plain.set(this.#key('tag', tag), randomUUID(), Infinity)))
  }

  async versions(tags: readonly string[]): Promise<string[]> {
    return await this.#idsOf(tags.map((tag) => this.#key('tag', tag)))
  }

  async lock(key: string, milliseconds: number): Promise<boolean> {
    return await this.#plain.add(this.#key('lock', key), this.#id, Date.now() + milliseconds)
  }

  async unlock(key: string): Promise<void> {
    const name = this.#key('lock', key)
    const [owner] = await this.#plain.get([name])
    if (owner === this.#id) await this.#plain.delete(name)
  }

  async close(): Promise<void> {
    await this.#plain.close()
  }

  /** What is under some keys. */
  async #find(keys: readonly string[]): Promise<Array<Found | 'counter' | undefined>> {
    const texts = await this.#plain.get(keys.map((key) => this.#key('entry', key)))
    const packed = texts.map((text) => (text?.startsWith('[') ? unpack(text) : undefined))
    const tags = [...new Set(packed.flatMap((one) => one?.entry.tags ?? []))]
    const ids = await this.#plain.get(tags.map((tag) => this.#key('tag', tag)))
    const idOf = new Map(tags.map((tag, place) => [tag, ids[place]]))
    return packed.map((one, place) => {
      if (!one) return texts[place] === undefined ? undefined : 'counter'
      const isCurrent = one.entry.tags.every((tag, at) => idOf.get(tag) === one.ids[at])
      return { ...one, isValid: isCurrent && one.entry.endsAt > Date.now() }
    })
  }

  /** Adds also where there is an entry that is invalid: only one at a time takes such a one away. */
  async #add(key: string, name: string, text: string, endsAt: number): Promise<boolean> {
    if (await this.#plain.add(name, text, endsAt)) return true
    if ((await this.read([key]))[0]) return false
    const lock = this.#key('replace', key)
    if (!(await this.#plain.add(lock, this.#id, Date.now() + replaceMilliseconds))) return false
    try {
      if ((await this.read([key]))[0]) return false
      await this.#plain.delete(name)
      return await this.#plain.add(name, text, endsAt)
    } finally {
      await this.#plain.delete(lock)
    }
  }

  /** Ids under some keys, made where there are none. Whoever makes one at the same time gets the same. */
  async #idsOf(keys: readonly string[]): Promise<string[]> {
    const ids = await this.#plain.get(keys)
    return await Promise.all(keys.map(async (key, place) => ids[place] ?? (await this.#makeId(key))))
  }

  async #makeId(key: string): Promise<string> {
    const id = randomUUID()
    if (await this.#plain.add(key, id, Infinity)) return id
    // One that was made meanwhile and is gone already: a new one says the same, that nothing is known.
    return (await this.#plain.get([key]))[0] ?? id
  }

  /** A key that any server takes. */
  #key(kind: 'entry' | 'tag' | 'tick' | 'lock' | 'replace', key: string): string {
    return createHash('sha256')
      .update(JSON.stringify([this.#prefix, kind, key]))
      .digest('base64url')
  }
}

function pack({ text, tags, endsAt, stale }: CacheEntry, ids: readonly string[]): string {
  return `${JSON.stringify([tags, ids, endsAt === Infinity ? null : endsAt, stale])}\n${text}`
}

function unpack(packed: string): { entry: CacheEntry; ids: string[] } {
  const end = packed.indexOf('\n')
  const [tags, ids, endsAt, stale] = JSON.parse(packed.slice(0, end)) as [string[], string[], number | null, number]
  return { entry: { text: packed.slice(end + 1), tags, endsAt: endsAt ?? Infinity, stale }, ids }
}
