import type { Documentation } from './types.ts'

const annotation = /(?:^|\s)@([a-zA-Z][\w-]*)/g

/**
 * Reads a `///` comment: text for people first, then `@name value` annotations.
 *
 * An annotation starts at the beginning of a line or after a space (so `me@example.com` is text) and its value reaches to
 * the next annotation or the end of the line; lines without one continue the text.
 */
export function parseDocumentation(comment: string | null | undefined): Documentation {
  const texts: string[] = []
  const annotations: Record<string, string | true> = {}
  for (const line of (comment ?? '').split('\n')) {
    const marks = [...line.matchAll(annotation)]
    const text = line.slice(0, marks[0]?.index ?? line.length).trim()
    if (text) texts.push(text)
    marks.forEach((mark, i) => {
      const value = line.slice(mark.index + mark[0].length, marks[i + 1]?.index ?? line.length).trim()
      annotations[mark[1]!] = value === '' ? true : value
    })
  }
  return { text: texts.join(' '), annotations }
}

/** `usDvdSales` → `Us dvd sales`, `PG_13` → `Pg 13`: words for a name that has no text of its own. */
export function toWords(name: string): string {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .trim()
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
