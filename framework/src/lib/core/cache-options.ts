/** How long what a route gives may be kept, and for whom: its export `cache`. */
export interface CacheOptions {
  /** How long it may be shown without being computed again. Changes of what it was read from drop it at once, however long this is. */
  seconds: number
  /** For how many seconds after that it may still be shown while a new one is computed (default: 0). */
  stale?: number
  /**
   * What it may depend on besides the address: gives anything JSON can hold, and each different value gets a copy of its own. Headers, cookies
   * and values of middleware that are read here may be read by the route; what reads others is kept for nobody.
   *
   * ```ts
   * export const cache = { seconds: 300, vary: ({ cookies }) => cookies.get('theme') ?? 'system' }
   * ```
   */
  // oxlint-disable-next-line typescript/no-explicit-any -- which part of the context it declares is its own business
  vary?: (context: any) => unknown
  /** For how many seconds browsers may show it without asking (default: 0, they ask whether theirs is still right). No change reaches them before. */
  browser?: number
  /** The same for a CDN. The answer carries what it depends on as `Surrogate-Key`, so that it can be purged there. */
  cdn?: number
}
