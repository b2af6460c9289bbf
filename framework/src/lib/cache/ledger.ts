/** Most tags whose last invalidation is remembered. */
const defaultSize = 100_000

/**
 * What was invalidated when, as far as this process knows: a clock that ticks with each invalidation, and the last tick of each tag.
 *
 * It is bounded. When it is full, the tag that was quiet for longest is forgotten, and what began before that tag's last invalidation counts
 * as invalid: the {@link isCurrent floor} rises.
 */
export class Ledger {
  #tick = 0
  /** What began before is invalid, whatever its tags. */
  #floor = 0
  readonly #last = new Map<string, number>()
  readonly #size: number

  constructor(size: number = defaultSize) {
    this.#size = size
  }

  /** The time by this clock. Take it before reading what a value is made from. */
  get tick(): number {
    return this.#tick
  }

  /** Notes that tags are invalidated now. */
  note(tags: Iterable<string>): void {
    const tick = ++this.#tick
    for (const tag of tags) {
      this.#last.delete(tag)
      this.#last.set(tag, tick)
    }
    while (this.#last.size > this.#size) {
      const [tag, last] = this.#last.entries().next().value!
      this.#last.delete(tag)
      this.#floor = Math.max(this.#floor, last)
    }
  }

  /** Notes that anything may be invalid: news was missed. */
  noteAll(): void {
    this.#floor = ++this.#tick
    this.#last.clear()
  }

  /** Whether what began at tick `start` and depends on these tags is still right. */
  isCurrent(tags: readonly string[], start: number): boolean {
    return start >= this.#floor && tags.every((tag) => (this.#last.get(tag) ?? 0) <= start)
  }
}

/** The tag that an app calls `name`. Lone surrogates do not travel, so names with any are written out. */
export function userTag(name: string): string {
  return name.isWellFormed() ? `t${name}` : `j${JSON.stringify(name)}`
}

/** The tag of all that is in a namespace, by its path. */
export function spaceTag(path: readonly string[]): string {
  return `n${JSON.stringify(path)}`
}

/** The tag that stands for a change of one key itself. */
export function keyTag(id: string): string {
  return `k${id}`
}
