/** Stands in until reads can go elsewhere. */
export function onPrimary<T>(run: () => T): T {
  return run()
}
