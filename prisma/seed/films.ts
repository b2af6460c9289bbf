import type { MpaaRating } from '../generated/client/enums.ts'
import { assignSlugs } from './slugs.ts'

/** A row of `movies.json`, as it is. */
export interface SourceRow {
  Title: string | number | null
  'US Gross': number | null
  'Worldwide Gross': number | null
  'US DVD Sales': number | null
  'Production Budget': number | null
  'Release Date': string | null
  'MPAA Rating': string | null
  'Running Time min': number | null
  Distributor: string | null
  Source: string | null
  'Major Genre': string | null
  'Creative Type': string | null
  Director: string | null
  'Rotten Tomatoes Rating': number | null
  'IMDB Rating': number | null
  'IMDB Votes': number | null
}

/** A film as it goes into the database, its relations by name. */
interface Film {
  title: string | null
  slug: string
  released: Date | null
  runtime: number | null
  rating: MpaaRating | null
  budget: bigint | null
  usGross: bigint | null
  worldwideGross: bigint | null
  usDvdSales: bigint | null
  imdbRating: number | null
  imdbVotes: number | null
  rottenTomatoes: number | null
  source: string | null
  creativeType: string | null
  director: string | null
  distributor: string | null
  genre: string | null
}

/** Turns the rows of the data set into films; gaps stay gaps. */
export function readFilms(rows: SourceRow[]): Film[] {
  const titles = rows.map((row) => readTitle(row.Title))
  const dates = rows.map((row) => readReleaseDate(row['Release Date']))
  const slugs = assignSlugs(rows.map((_, i) => ({ text: titles[i] ?? '', year: dates[i]?.getUTCFullYear() })))
  return rows.map((row, i) => ({
    title: titles[i]!,
    slug: slugs[i]!,
    released: dates[i]!,
    runtime: row['Running Time min'],
    rating: readRating(row['MPAA Rating']),
    budget: readMoney(row['Production Budget']),
    usGross: readMoney(row['US Gross']),
    worldwideGross: readMoney(row['Worldwide Gross']),
    usDvdSales: readMoney(row['US DVD Sales']),
    imdbRating: row['IMDB Rating'],
    imdbVotes: row['IMDB Votes'],
    rottenTomatoes: row['Rotten Tomatoes Rating'],
    source: row.Source,
    creativeType: row['Creative Type'],
    director: row.Director,
    distributor: row.Distributor,
    genre: row['Major Genre'],
  }))
}

/** What Mac OS Roman shows for the bytes that Windows-1252 means: `LÈon` was `Léon`. Only what the data has. */
const misread: Record<string, string> = {
  È: 'é',
  Í: 'ê',
  '˘': 'ù',
  Ö: '…',
  Ω: '½',
  Û: 'ó',
  '‰': 'ä',
  '‡': 'à',
  Ë: 'è',
  '·': 'á',
  Ù: 'ô',
  Î: 'ë',
}

/** Numbers become text (`1776`), misread letters are put right. */
export function readTitle(title: string | number | null): string | null {
  if (title === null) return null
  return String(title).replace(/[ÈÍ˘ÖΩÛ‰‡Ë·ÙÎ]/g, (letter) => misread[letter]!)
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
/** The data is of 2010 and announces films up to the end of 2011; later years were two-digit years of the century before. */
const lastYear = 2011
/** Midnight of 1 January 1970 in the United States: how a missing date was written by a program that counts from there. */
const noDate = 'Dec 31 1969'

/**
 * Reads `Jun 12 1998`, and `12-Jun-98` as older editions of the data have it, as midnight UTC.
 *
 * @throws {Error} When the text is no date, so that nothing is dropped in silence
 */
export function readReleaseDate(text: string | null): Date | null {
  if (text === null || text.trim() === '' || text === noDate) return null
  const [, month, day, year] =
    /^([A-Z][a-z]{2}) (\d{1,2}) (\d{4})$/.exec(text) ?? reordered(/^(\d{1,2})-([A-Z][a-z]{2})-(\d{2}|\d{4})$/.exec(text))
  const monthIndex = months.indexOf(month ?? '')
  let fullYear = Number(year)
  if (year?.length === 2) fullYear += 2000
  if (fullYear > lastYear) fullYear -= 100
  const date = new Date(Date.UTC(fullYear, monthIndex, Number(day)))
  if (monthIndex === -1 || date.getUTCDate() !== Number(day)) throw new Error(`'${text}' is not a date that the seed can read.`)
  return date
}

function reordered(match: RegExpExecArray | null): (string | undefined)[] {
  return match ? [match[0], match[2], match[1], match[3]] : []
}

const ratings: Record<string, MpaaRating> = {
  G: 'G',
  PG: 'PG',
  'PG-13': 'PG_13',
  R: 'R',
  'NC-17': 'NC_17',
  'Not Rated': 'NOT_RATED',
  Open: 'OPEN',
}

function readRating(text: string | null): MpaaRating | null {
  if (text === null) return null
  const rating = ratings[text]
  if (!rating) throw new Error(`'${text}' is not a rating that the seed knows.`)
  return rating
}

function readMoney(amount: number | null): bigint | null {
  return amount === null ? null : BigInt(amount)
}
