/** A map that forgets what was added first when it is full: for caches that strangers can fill. */
export class BoundedMap<K, V> {
  readonly #values = new Map<K, V>()
  readonly #size: number

  /** @param size The most entries it holds */
  constructor(size: number) {
    this.#size = size
  }

  get(key: K): V | undefined {
    return this.#values.get(key)
  }

  set(key: K, value: V): void {
    if (this.#values.size >= this.#size && !this.#values.has(key)) this.#values.delete(this.#values.keys().next().value!)
    this.#values.set(key, value)
  }

  delete(key: K): void {
    this.#values.delete(key)
  }

  clear(): void {
    this.#values.clear()
  }
}
