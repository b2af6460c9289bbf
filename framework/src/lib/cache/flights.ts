/** What a computation came to. */
export interface Landing {
  /** The value, for whoever computed it. */
  readonly value: unknown
  /** Whether others may have it, who came while it was made. */
  readonly isForAll: boolean
  /** Whether nothing it was made from was invalidated meanwhile. */
  readonly isCurrent: boolean
  /** The value for somebody else: everybody may change their own. */
  copy(): Promise<unknown>
}

/** Lets those who want the same thing at once share one computation of it. */
export class Flights {
  readonly #running = new Map<string, Promise<Landing>>()

  /** Whether somebody is at it. */
  has(id: string): boolean {
    return this.#running.has(id)
  }

  /**
   * Gives the value of a computation that runs, or of one that begins now.
   *
   * One that began before the caller came is good enough only if what it read is still right when it ends: the caller may have seen a write
   * that it has not. One that began later always is.
   */
  async share(id: string, compute: () => Promise<Landing>): Promise<unknown> {
    const earlier = this.#running.get(id)
    if (earlier) {
      const landing = await earlier.catch(() => undefined)
      if (landing?.isForAll && landing.isCurrent) return await landing.copy()
      // Whose values are for one caller each gains nothing by waiting once more.
      if (landing && !landing.isForAll) return (await compute()).value
    }
    const later = this.#running.get(id)
    if (!later) return (await this.#begin(id, compute)).value
    const landing = await later
    return landing.isForAll ? await landing.copy() : (await compute()).value
  }

  #begin(id: string, compute: () => Promise<Landing>): Promise<Landing> {
    const flight = compute().finally(() => this.#running.delete(id))
    this.#running.set(id, flight)
    return flight
  }
}
