import type { CacheEntry, WriteMode } from '../core/cache.ts'
import type { Address } from './address.ts'
import type { Backend } from './backend.ts'
import type { CacheBus } from './bus.ts'
import type { Ledger } from './ledger.ts'
import type { Memory } from './memory.ts'

/** Entries in the memory of this process alone; a bus tells its fellows what to drop. */
export class LocalBackend implements Backend {
  readonly isHeard = true
  readonly #memory: Memory
  readonly #ledger: Ledger
  readonly #bus: CacheBus | undefined

  constructor(memory: Memory, ledger: Ledger, bus?: CacheBus) {
    this.#memory = memory
    this.#ledger = ledger
    this.#bus = bus
    bus?.listen(
      (tags) => ledger.note(tags),
      () => ledger.noteAll(),
    )
  }

  async mark(): Promise<string> {
    return String(this.#ledger.tick)
  }

  async read(addresses: readonly Address[]): Promise<Array<CacheEntry | undefined>> {
    return addresses.map((address) => this.#memory.get(address)?.entry)
  }

  async write(address: Address, entry: CacheEntry, mode: WriteMode, mark: string | undefined): Promise<boolean> {
    if (mode === 'add' && this.#memory.get(address)) return false
    if (mode === 'set') this.#tell([address.tag])
    this.#memory.put(address, entry, mode === 'computed' ? Number(mark) : this.#ledger.tick)
    return true
  }

  async delete(addresses: readonly Address[]): Promise<number> {
    const found = addresses.filter((address) => this.#memory.get(address))
    this.#tell(addresses.map(({ tag }) => tag))
    for (const address of addresses) this.#memory.delete(address)
    return found.length
  }

  async touch(address: Address, freshUntil: number): Promise<boolean> {
    const kept = this.#memory.get(address)
    if (!kept) return false
    this.#tell([address.tag])
    this.#memory.put(address, { ...kept.entry, endsAt: freshUntil + kept.entry.stale }, this.#ledger.tick)
    return true
  }

  async increment(address: Address, by: number, endsAt: number): Promise<number> {
    const entry = this.#memory.get(address)?.entry ?? { text: '0', tags: [], endsAt, stale: 0 }
    const count = Number(entry.text) + by
    this.#memory.put(address, { ...entry, text: String(count) }, this.#ledger.tick)
    return count
  }

  async invalidate(tags: readonly string[]): Promise<void> {
    this.#tell(tags)
  }

  /** Within a process a computation is shared anyway. */
  async lock(): Promise<undefined> {
    return undefined
  }

  async unlock(): Promise<void> {}

  async close(): Promise<void> {}

  #tell(tags: readonly string[]): void {
    this.#ledger.note(tags)
    this.#bus?.publish(tags)
  }
}
