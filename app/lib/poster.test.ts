import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { designPoster, POSTER_HEIGHT, POSTER_INNER } from './poster.ts'

const file = fileURLToPath(new URL('../data/movies.json', import.meta.resolve('vega-datasets')))
const films = JSON.parse(readFileSync(file, 'utf8')) as Array<Record<string, string | number | null>>

describe('designPoster', () => {
  it('gives a film the same poster every time, and another film of the same name another one', () => {
    expect(designPoster('Casino Royale', 'Action', 2006)).toEqual(designPoster('Casino Royale', 'Action', 2006))
    expect(designPoster('Casino Royale', 'Comedy', 1967)).not.toEqual(designPoster('Casino Royale', 'Action', 2006))
  })

  it('keeps the title of every film of the data inside the poster', () => {
    for (const film of films) {
      const title = String(film['Title'])
      const { lines } = designPoster(title, film['Major Genre']?.toString(), 1990)
      for (const line of lines) {
        expect(line.y - line.cap, title).toBeGreaterThanOrEqual(0)
        expect(line.y, title).toBeLessThanOrEqual(POSTER_HEIGHT)
        expect(line.stretch, title).toBeGreaterThanOrEqual(50)
        expect(line.stretch, title).toBeLessThanOrEqual(150)
      }
    }
  })

  it('sets something for a title without a word', () => {
    expect(designPoster('', undefined, undefined).lines.map((line) => line.text)).toEqual(['?'])
  })

  it('is about as wide as it is drawn, so that letters are not squeezed by force', () => {
    const [line] = designPoster('Gladiator', 'Action', 2000).lines
    const natural = 'GLADIATOR'.length * line!.fontSize * (0.323 + (line!.stretch - 50) * 0.00736)
    expect(natural / POSTER_INNER).toBeGreaterThan(0.8)
    expect(natural / POSTER_INNER).toBeLessThan(1.25)
  })
})
