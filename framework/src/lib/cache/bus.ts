/** Carries the news of what was invalidated between processes that each have a cache in memory, and no store in common. */
export interface CacheBus {
  /** Tells all others. */
  publish(tags: readonly string[]): void
  /**
   * Begins to listen; called once.
   *
   * @param heard To be called with what another process published
   * @param missed To be called when something may not have arrived: all that is in memory is dropped
   */
  listen(heard: (tags: readonly string[]) => void, missed: () => void): void
}
