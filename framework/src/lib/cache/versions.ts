import { BoundedMap } from '../core/bounded-map.ts'
import type { CacheStore } from '../core/cache.ts'
import type { Address } from './address.ts'
import type { Ledger } from './ledger.ts'

/** Keys of a store: an address with the versions of its namespaces, so that one which was cleared is empty. */
export class Versions {
  readonly #known = new BoundedMap<string, { version: string; start: number }>(10_000)
  readonly #store: CacheStore
  readonly #ledger: Ledger
  readonly #isHeard: () => boolean

  /** @param isHeard Whether the ledger knows what others clear */
  constructor(store: CacheStore, ledger: Ledger, isHeard: () => boolean) {
    this.#store = store
    this.#ledger = ledger
    this.#isHeard = isHeard
  }

  /** The keys of addresses in one namespace. Fails when the store does. */
  async keysOf(addresses: readonly Address[]): Promise<string[]> {
    if (addresses.length === 0) return []
    const versions = (await this.#of(addresses[0]!.spaces)).join('.')
    return addresses.map(({ id }) => `${versions} ${id}`)
  }

  async #of(spaces: readonly string[]): Promise<string[]> {
    const known = spaces.map((tag) => this.#find(tag))
    if (known.every((version) => version !== undefined)) return known
    const { tick } = this.#ledger
    const versions = await this.#store.versions(spaces)
    for (const [place, tag] of spaces.entries()) this.#known.set(tag, { version: versions[place]!, start: tick })
    return versions
  }

  #find(tag: string): string | undefined {
    const known = this.#isHeard() ? this.#known.get(tag) : undefined
    return known && this.#ledger.isCurrent([tag], known.start) ? known.version : undefined
  }
}
