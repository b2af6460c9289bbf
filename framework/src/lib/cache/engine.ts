import { setTimeout as delay } from 'node:timers/promises'
import type { CacheEntry, WriteMode } from '../core/cache.ts'
import { getLogger } from '../core/log.ts'
import type { Address } from './address.ts'
import type { Backend } from './backend.ts'
import { Computation, type EntryHandle } from './computation.ts'
import { Flights, type Landing } from './flights.ts'
import type { Ledger } from './ledger.ts'
import { type Kept, type Memory, valueOf } from './memory.ts'
import { milliseconds } from './seconds.ts'
import { decodeValue, encodeValue, isImmutable } from './values.ts'

/** Milliseconds that a process may compute before another one begins too. */
const lockMilliseconds = 5_000
/** The longest that somebody waits for another process's value, in milliseconds. */
const patience = 1_000

/** A value to make, and how to keep it. */
export interface Request {
  readonly address: Address
  readonly compute: (entry: EntryHandle) => unknown
  readonly seconds: number
  /** Seconds after that in which the old value is given out while a new one is made. */
  readonly stale: number
  readonly tags: readonly string[]
  readonly asIs: boolean
}

/** What finds, makes and keeps entries: memory in front of a backend, with one computation at a time for each key. */
export class Engine {
  readonly backend: Backend
  readonly now: () => number
  readonly #memory: Memory
  readonly #ledger: Ledger
  readonly #flights = new Flights()

  constructor(backend: Backend, memory: Memory, ledger: Ledger, now: () => number) {
    this.backend = backend
    this.now = now
    this.#memory = memory
    this.#ledger = ledger
  }

  /** Finds an entry, stale ones too. */
  async find(address: Address): Promise<Kept | undefined> {
    return this.#near(address) ?? (await this.findMany([address]))[0]
  }

  async findMany(addresses: readonly Address[]): Promise<Array<Kept | undefined>> {
    const { tick } = this.#ledger
    const found = addresses.map((address) => this.#near(address))
    const missing = addresses.filter((_, place) => !found[place])
    if (missing.length === 0) return found
    const read = await this.backend.read(missing)
    return found.map((kept) => {
      if (kept) return kept
      const [address, entry] = [missing.shift()!, read.shift()]
      return entry && this.#keep(address, entry, tick)
    })
  }

  /** The value of an entry, made if there is none. */
  async findOrMake(request: Request): Promise<unknown> {
    const kept = await this.find(request.address)
    if (!kept) return await this.#flights.share(request.address.id, () => this.#makeForAll(request))
    if (!this.isFresh(kept)) void this.#refresh(request)
    return await valueOf(kept, request.asIs)
  }

  isFresh({ entry }: Kept): boolean {
    return entry.endsAt - entry.stale > this.now()
  }

  async write(address: Address, entry: CacheEntry, mode: WriteMode): Promise<boolean> {
    return await this.backend.write(address, entry, mode, await this.backend.mark())
  }

  #near(address: Address): Kept | undefined {
    return this.backend.isHeard ? this.#memory.get(address) : undefined
  }

  #keep(address: Address, entry: CacheEntry, start: number): Kept {
    return this.backend.isHeard ? this.#memory.put(address, entry, start) : { entry, tags: [], start }
  }

  /** Makes a value, unless another process is at it and comes to an end in time. */
  async #makeForAll(request: Request): Promise<Landing> {
    const lock = lockOf(request.address)
    const end = performance.now() + patience
    let isFree = await this.backend.lock(lock, lockMilliseconds)
    try {
      for (let pause = 10; isFree !== undefined; pause = Math.min(2 * pause, 200)) {
        // Whoever had the lock before may have come to an end since the first look.
        const landing = await this.#foundMeanwhile(request)
        if (landing) return landing
        if (isFree || performance.now() >= end) break
        await delay(pause)
        isFree = await this.backend.lock(lock, lockMilliseconds)
      }
      return await this.#make(request, false)
    } finally {
      if (isFree) await this.backend.unlock(lock)
    }
  }

  async #foundMeanwhile({ address, asIs }: Request): Promise<Landing | undefined> {
    const { tick } = this.#ledger
    const [entry] = await this.backend.read([address])
    if (!entry) return undefined
    const kept = this.#keep(address, entry, tick)
    const copy = (): Promise<unknown> => valueOf(kept, asIs)
    return { value: await copy(), isForAll: true, isCurrent: this.#ledger.isCurrent(allTags(address, entry), tick), copy }
  }

  async #make({ address, compute, seconds, stale, tags, asIs }: Request, isRefresh: boolean): Promise<Landing> {
    const computation = new Computation(this.#ledger.tick, isRefresh, tags)
    const mark = await this.backend.mark()
    const value = await compute(computation)
    if (computation.isSkipped) return { value, isForAll: false, isCurrent: false, copy: () => Promise.resolve(value) }
    const staleTime = milliseconds(stale)
    const entry: CacheEntry = {
      text: encodeValue(value, address.id),
      tags: [...computation.tags],
      endsAt: this.now() + jitter(milliseconds(seconds)) + staleTime,
      stale: staleTime,
    }
    const isCurrent = (): boolean => this.#ledger.isCurrent(allTags(address, entry), computation.start)
    const isWanted = seconds > 0 && mark !== undefined && isCurrent()
    if (isWanted && (await this.backend.write(address, entry, 'computed', mark))) {
      const kept = this.#keep(address, entry, computation.start)
      if (asIs || isImmutable(value)) kept.value = { it: value }
    }
    return { value, isForAll: true, isCurrent: isCurrent(), copy: async () => (asIs ? value : await decodeValue(entry.text)) }
  }

  /** Makes a value anew in the background, unless somebody is at it; what there is stays if that fails. */
  async #refresh(request: Request): Promise<void> {
    const { address } = request
    if (this.#flights.has(address.id)) return
    const lock = lockOf(address)
    const isFree = await this.backend.lock(lock, lockMilliseconds)
    if (isFree === false) return
    try {
      await this.#flights.share(address.id, () => this.#make(request, true))
    } catch (err) {
      getLogger().warn({ err, key: address.id }, 'A cached value could not be made anew. The old one is given out until it ends.')
    } finally {
      if (isFree) await this.backend.unlock(lock)
    }
  }
}

function lockOf(address: Address): Address {
  return { ...address, id: `lock ${address.id}` }
}

function allTags(address: Address, entry: CacheEntry): string[] {
  return [...entry.tags, ...address.spaces, address.tag]
}

/** Lets entries that are made together end one after the other: by up to a tenth earlier or later. */
function jitter(life: number): number {
  return life * (0.9 + Math.random() * 0.2)
}
