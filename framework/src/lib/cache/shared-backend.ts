import type { CacheEntry, CacheStore, WriteMode } from '../core/cache.ts'
import { type Address, Space } from './address.ts'
import type { Backend } from './backend.ts'
import { Guard } from './guard.ts'
import type { Ledger } from './ledger.ts'
import { Pending } from './pending.ts'
import { withTimeLimit } from './time-limit.ts'
import { Versions } from './versions.ts'

/** Milliseconds after which is told again what could not be told. */
const retryPause = 100

/** The tag of all there is. */
const everything = new Space().tag

/** Entries in a store that several processes share. */
export class SharedBackend implements Backend {
  readonly #store: CacheStore
  readonly #ledger: Ledger
  readonly #guard: Guard
  readonly #pending = new Pending(everything)
  readonly #versions: Versions
  #retry: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(store: CacheStore, ledger: Ledger) {
    this.#store = store
    this.#ledger = ledger
    this.#versions = new Versions(store, ledger, () => this.isHeard)
    this.#guard = new Guard(store, {
      heard: (tags) => ledger.note(tags),
      missed: () => ledger.noteAll(),
      flush: () => this.#flush(),
    })
  }

  get isHeard(): boolean {
    return this.#store.hasNews && this.#guard.isUp
  }

  async mark(): Promise<string | undefined> {
    return await this.#guard.run(() => this.#store.mark())
  }

  async read(addresses: readonly Address[]): Promise<Array<CacheEntry | undefined>> {
    const { tick } = this.#ledger
    const entries = await this.#guard.run(async () => await this.#store.read(await this.#versions.keysOf(addresses)))
    return addresses.map(({ tag, spaces }, place) => {
      const entry = entries?.[place]
      if (!entry) return undefined
      const tags = [...entry.tags, ...spaces, tag]
      // What was invalidated while the answer was on its way, by this process or in news that overtook it, is out as well.
      return this.#pending.touches(tags) || !this.#ledger.isCurrent(tags, tick) ? undefined : entry
    })
  }

  async write(address: Address, entry: CacheEntry, mode: WriteMode, mark: string | undefined): Promise<boolean> {
    const write = async (): Promise<boolean | undefined> => {
      if (mark === undefined || this.#pending.touches(address.spaces)) return undefined
      return await this.#guard.run(async () => {
        const [key] = await this.#versions.keysOf([address])
        return await this.#store.write({ key: key!, tag: address.tag }, entry, mode, mark)
      })
    }
    return (mode === 'set' ? await this.#change([address], write) : await write()) ?? false
  }

  async delete(addresses: readonly Address[]): Promise<number> {
    if (addresses.length === 0) return 0
    return (await this.#change(addresses, () => this.#guard.tell(() => this.#drop(addresses)))) ?? 0
  }

  async touch(address: Address, freshUntil: number): Promise<boolean> {
    this.#ledger.note([address.tag])
    const isTouched = await this.#guard.run(async () => {
      const [key] = await this.#versions.keysOf([address])
      return await this.#store.touch({ key: key!, tag: address.tag }, freshUntil)
    })
    return isTouched ?? false
  }

  async increment(address: Address, by: number, endsAt: number): Promise<number | undefined> {
    if (this.#pending.touches([address.tag, ...address.spaces])) return undefined
    return await this.#guard.run(async () => {
      const [key] = await this.#versions.keysOf([address])
      return await this.#store.increment(key!, by, endsAt)
    })
  }

  async invalidate(tags: readonly string[]): Promise<void> {
    if (tags.length === 0) return
    this.#ledger.note(tags)
    const done = this.#pending.add(tags)
    const isTold = await this.#guard.tell(async () => {
      await this.#store.invalidate(tags)
      return true
    })
    if (isTold) done()
    // Where it was too much to wait for, everything waits in its place.
    if (!isTold || this.#pending.touches([everything])) this.#tryAgain()
  }

  async lock({ id }: Address, milliseconds: number): Promise<boolean | undefined> {
    return await this.#guard.run(() => this.#store.lock(id, milliseconds))
  }

  async unlock({ id }: Address): Promise<void> {
    await this.#guard.run(() => this.#store.unlock(id))
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#retry)
    await this.#guard.close()
  }

  /** Changes keys themselves. One that could not be changed is dropped as soon as it can be, and not read before. */
  async #change<T>(addresses: readonly Address[], change: () => Promise<T | undefined>): Promise<T | undefined> {
    this.#ledger.note(addresses.map(({ tag }) => tag))
    const done = addresses.map((address) => this.#pending.add([address.tag], address))
    const result = await change()
    if (result === undefined) this.#tryAgain()
    else for (const end of done) end()
    return result
  }

  async #drop(addresses: readonly Address[]): Promise<number> {
    const keys = await this.#versions.keysOf(addresses)
    return await this.#store.delete(keys.map((key, place) => ({ key, tag: addresses[place]!.tag })))
  }

  /** Tells the store what it does not know yet. @returns Whether it knows all now */
  async #flush(): Promise<boolean> {
    const { tags, addresses, done } = this.#pending.take()
    const limit = (work: Promise<unknown>): Promise<unknown> => withTimeLimit(work, 4 * this.#store.timing.timeout)
    try {
      if (tags.length > 0) await limit(this.#store.invalidate(tags))
      for (const group of Map.groupBy(addresses, ({ spaces }) => spaces.at(-1)).values()) await limit(this.#drop(group))
    } catch {
      return false
    }
    // Versions that were read meanwhile are from before.
    this.#ledger.note(tags)
    done()
    return true
  }

  #tryAgain(): void {
    if (!this.#isClosed) this.#retry ??= setTimeout(() => void this.#retryNow(), retryPause).unref()
  }

  async #retryNow(): Promise<void> {
    this.#retry = undefined
    // In an outage the guard sees to it.
    if (this.#guard.isUp) await this.#flush()
    if (!this.#pending.isEmpty) this.#tryAgain()
  }
}
