import type { Address } from './address.ts'

/** Most changes that wait to be told: as many as a store can be told within its time. */
const mostWaiting = 10_000

interface Waiting {
  /** The latest call for it. */
  call: number
  /** The key to drop, where the change is one of a key. */
  address: Address | undefined
}

/** Changes that this process has made and the store has not confirmed: what depends on one must not be read from there. */
export class Pending {
  readonly #waiting = new Map<string, Waiting>()
  #calls = 0
  readonly #everything: string

  /** @param everything The tag of all there is, which takes the place of too many others */
  constructor(everything: string) {
    this.#everything = everything
  }

  /**
   * Begins to wait for tags.
   *
   * @returns Ends the waiting; a later call for one of the tags goes on
   */
  add(tags: Iterable<string>, address?: Address): () => void {
    const call = ++this.#calls
    const own = [...tags]
    for (const tag of own) this.#waiting.set(tag, { call, address })
    if (this.#waiting.size > mostWaiting) {
      this.#waiting.clear()
      this.#waiting.set(this.#everything, { call: ++this.#calls, address: undefined })
    }
    return () => {
      for (const tag of own) if (this.#waiting.get(tag)?.call === call) this.#waiting.delete(tag)
    }
  }

  get isEmpty(): boolean {
    return this.#waiting.size === 0
  }

  /** Whether something that depends on these tags may be older than what this process has done. */
  touches(tags: readonly string[]): boolean {
    return this.#waiting.size > 0 && tags.some((tag) => this.#waiting.has(tag))
  }

  /** All that waits, and what to call when it was told. */
  take(): { tags: string[]; addresses: Address[]; done: () => void } {
    const all = [...this.#waiting]
    return {
      tags: all.filter(([, { address }]) => !address).map(([tag]) => tag),
      addresses: all.flatMap(([, { address }]) => address ?? []),
      done: () => {
        for (const [tag, { call }] of all) if (this.#waiting.get(tag)?.call === call) this.#waiting.delete(tag)
      },
    }
  }
}
