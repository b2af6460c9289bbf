/**
 * How much two texts have in common, from 0 to 1: twice the characters that are in both, in whatever order, over all characters. Never less
 * than what reading in order would find.
 */
export function similarity(left: string, right: string): number {
  const [a, b] = [Array.from(left), Array.from(right)]
  const counts = new Map<string, number>()
  for (const character of b) counts.set(character, (counts.get(character) ?? 0) + 1)
  let shared = 0
  for (const character of a) {
    const count = counts.get(character) ?? 0
    if (count === 0) continue
    counts.set(character, count - 1)
    shared++
  }
  return (2 * shared) / (a.length + b.length)
}
