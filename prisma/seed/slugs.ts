/** Letters that do not fall apart into a base letter and an accent. */
const letters: Record<string, string> = { æ: 'ae', œ: 'oe', ø: 'o', ß: 'ss', đ: 'd', ł: 'l', '¢': 'c', '½': ' 1 2', '&': ' and ' }

/** `Le Fabuleux destin d'Amélie Poulain` → `le-fabuleux-destin-damelie-poulain`; empty when nothing of the text can be kept. */
export function slugify(text: string): string {
  return text
    .toLowerCase()
    .replace(/[æœøßđł¢½&]/g, (letter) => letters[letter]!)
    .normalize('NFKD')
    .replace(/[\p{M}'’]/gu, '')
    .replace(/[^a-z\d]+/g, '-')
    .replace(/^-+|-+$/g, '')
}

/**
 * Gives each entry an address of its own that does not depend on the order: texts that more than one entry has get the year
 * behind them.
 *
 * @param entries `year` tells apart entries of one text
 */
export function assignSlugs(entries: { text: string; year?: number | undefined }[]): string[] {
  const bases = entries.map(({ text }) => slugify(text) || 'untitled')
  const counts = new Map<string, number>()
  for (const base of bases) counts.set(base, (counts.get(base) ?? 0) + 1)
  const taken = new Set<string>()
  return entries.map(({ year }, i) => {
    const base = bases[i]!
    const wanted = counts.get(base) === 1 && base !== 'untitled' ? base : [base, year].filter(Boolean).join('-')
    let slug = wanted
    for (let n = 2; taken.has(slug); n++) slug = `${wanted}-${n}`
    taken.add(slug)
    return slug
  })
}
