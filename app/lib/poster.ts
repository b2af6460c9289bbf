/**
 * Draws a poster out of nothing but a film's title, genre and year. Pure: the same film gives the same poster on
 * the server, in the browser and next year.
 */

import { clamp, stackLines, stretchLine, type StackedLine, type StretchedLine } from './stretch.ts'

export interface PosterDesign {
  palette: number
  motif: Motif
  /** Numbers from 0 up to 1 that place and turn the motif. */
  chance: [number, number, number]
  lines: StackedLine[]
  /** Where the small print goes: away from the title. */
  captionY: number
}

export type Motif = 'sun' | 'eclipse' | 'rings' | 'bands' | 'peaks' | 'split' | 'pair' | 'tunnel' | 'bars' | 'dots' | 'rays' | 'waves'

export const POSTER_WIDTH = 200
export const POSTER_HEIGHT = 300
export const POSTER_MARGIN = 12
/** Width of a line of the title. */
export const POSTER_INNER = POSTER_WIDTH - 2 * POSTER_MARGIN

const GAP = 6
/** Leaves room for the motif and the small print. */
const TALLEST_TITLE = 225

/** Palettes (numbered as in poster.css) and motifs that suit a genre; the title picks among them. */
const styles: Record<string, { palettes: number[]; motifs: Motif[] }> = {
  Action: { palettes: [0, 10, 2, 1], motifs: ['bands', 'rays', 'bars', 'split'] },
  Adventure: { palettes: [8, 5, 3, 9, 2], motifs: ['peaks', 'sun', 'waves', 'rays'] },
  'Black Comedy': { palettes: [10, 4, 6], motifs: ['eclipse', 'dots', 'split', 'tunnel'] },
  Comedy: { palettes: [2, 5, 0, 7, 11], motifs: ['dots', 'sun', 'split', 'waves', 'rays'] },
  'Concert/Performance': { palettes: [11, 10, 0], motifs: ['bars', 'rings', 'rays'] },
  Documentary: { palettes: [4, 10, 8], motifs: ['bars', 'dots', 'rings', 'split'] },
  Drama: { palettes: [1, 4, 8, 3, 7, 9], motifs: ['split', 'sun', 'eclipse', 'waves', 'rings', 'peaks'] },
  Horror: { palettes: [6, 10], motifs: ['eclipse', 'tunnel', 'peaks', 'rings'] },
  Musical: { palettes: [11, 0, 7, 2], motifs: ['bars', 'rays', 'waves', 'rings'] },
  'Romantic Comedy': { palettes: [7, 5, 0], motifs: ['pair', 'sun', 'waves'] },
  'Thriller/Suspense': { palettes: [1, 6, 10, 8], motifs: ['tunnel', 'bands', 'eclipse', 'rings'] },
  Western: { palettes: [9, 0, 2], motifs: ['sun', 'peaks', 'rays'] },
}
const anyStyle = { palettes: [4, 1, 8, 11, 3], motifs: ['rings', 'split', 'dots', 'waves', 'tunnel', 'sun'] as Motif[] }

/**
 * Designs the poster of a film.
 *
 * @param title Set in capitals over up to seven lines
 * @param genre The first genre's name; `undefined` draws from a neutral set
 * @param year Two films of one title look different in different years
 */
export function designPoster(title: string, genre: string | undefined, year: number | undefined): PosterDesign {
  const random = randomFrom(`${title} ${year ?? ''}`)
  const style = (genre === undefined ? undefined : styles[genre]) ?? anyStyle
  const palette = pick(style.palettes, random())
  const motif = pick(style.motifs, random())
  const chance: [number, number, number] = [random(), random(), random()]
  const atTop = motif !== 'sun' && motif !== 'peaks' ? random() < 0.45 : random() < 0.8
  const { lines, captionY } = setTitle(title, 84 + random() * 84, atTop)
  return { palette, motif, chance, lines, captionY }
}

/** Every line is as wide as the poster, so short words come out wide and tall, long ones narrow. */
function setTitle(title: string, height: number, atTop: boolean): { lines: StackedLine[]; captionY: number } {
  let lineLength = clamp(Math.sqrt(title.length * 2.4), 5, 13)
  let lines = fitLines(title, lineLength, height)
  // Many short words, each alone, would outgrow the poster: put more of them on a line.
  while (heightOf(lines) > TALLEST_TITLE && lines.length > 1) lines = fitLines(title, (lineLength *= 1.25), height)
  const top = atTop ? POSTER_MARGIN + 2 : POSTER_HEIGHT - POSTER_MARGIN - 2 - heightOf(lines)
  return { lines: stackLines(lines, GAP, top), captionY: atTop ? POSTER_HEIGHT - POSTER_MARGIN - 2 : POSTER_MARGIN + 8 }
}

function fitLines(title: string, lineLength: number, height: number): StretchedLine[] {
  const texts = breakTitle(title.toLocaleUpperCase('en-US'), lineLength)
  const share = (height - GAP * (texts.length - 1)) / texts.length
  return texts.map((text) => stretchLine(text, POSTER_INNER, share, 88))
}

function heightOf(lines: StretchedLine[]): number {
  return lines.reduce((sum, line) => sum + line.cap, 0) + GAP * (lines.length - 1)
}

/** Fills lines word by word to about equal length; at most seven, the rest is left to the page around the poster. */
function breakTitle(title: string, lineLength: number): string[] {
  const words = title
    .replace(/\s*\(.*\)$/, '')
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 12)
  const lines: string[] = []
  for (const word of words) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= lineLength) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines.length > 0 ? lines.slice(0, 7) : ['?']
}

/** A small deterministic generator (mulberry32) seeded by an FNV-1a hash of the text. */
function randomFrom(text: string): () => number {
  let state = 0x811c9dc5
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function pick<T>(list: readonly T[], chance: number): T {
  return list[Math.floor(chance * list.length)]!
}
