/**
 * Adds names to a `Vary` header.
 *
 * @param header What it is now
 * @param names Headers that the answer depends on as well; one that stands there already, in whatever case, stays as it is
 * @returns The new header: `*` when either says that nothing tells what the answer depends on
 */
export function mergeVary(header: string | undefined, names: readonly string[]): string {
  const merged = (header ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  const known = new Set(merged.map((name) => name.toLowerCase()))
  for (const name of names) if (!known.has(name.toLowerCase())) merged.push(name)
  return merged.includes('*') || names.includes('*') ? '*' : merged.join(', ')
}
