import { keyTag, spaceTag } from './ledger.ts'

/** Where something is in the cache, without regard to how often its namespaces were cleared. */
export interface Address {
  /** The names of its namespaces and its key as JSON: no two of them look alike. */
  readonly id: string
  /** The tag of a change of this key itself. */
  readonly tag: string
  /** The tags of its namespaces, the outermost first. */
  readonly spaces: readonly string[]
}

/** The namespaces around a key. */
export class Space {
  readonly path: readonly string[]
  readonly tags: readonly string[]

  constructor(path: readonly string[] = []) {
    this.path = path
    this.tags = Array.from({ length: path.length + 1 }, (_, depth) => spaceTag(path.slice(0, depth)))
  }

  /** @param kind A value and a counter of the same key are apart */
  address(kind: 'value' | 'counter', key: string): Address {
    const id = JSON.stringify([kind, ...this.path, key])
    return { id, tag: keyTag(id), spaces: this.tags }
  }

  /** The tag of all that is in here. */
  get tag(): string {
    return this.tags.at(-1)!
  }
}
