/** What every page says about films in the same way. */

/** The columns a card or a list row shows; loaders select exactly these. */
export const filmCardSelect = {
  slug: true,
  title: true,
  released: true,
  imdbRating: true,
  genres: { select: { name: true }, orderBy: { name: 'asc' }, take: 1 },
} as const

/** A film as `filmCardSelect` reads it. */
export interface FilmCardData {
  slug: string
  title: string | null
  released: Date | null
  imdbRating: number | null
  genres: Array<{ name: string }>
}

/** The printed form of the ratings, by their name in the schema. */
export const ratingLabels = {
  G: 'G',
  PG: 'PG',
  PG_13: 'PG-13',
  R: 'R',
  NC_17: 'NC-17',
  NOT_RATED: 'Not rated',
  OPEN: 'Open',
} as const

export type RatingName = keyof typeof ratingLabels
export const ratingNames = Object.keys(ratingLabels) as [RatingName, ...RatingName[]]

/** First years of the decades that the site knows. */
export const decades = [1910, 1920, 1930, 1940, 1950, 1960, 1970, 1980, 1990, 2000, 2010] as const

/** Ratings of fewer voters than this say little; best-rated lists leave them out. */
export const TRUSTED_VOTES = 25_000

/** The film's title; one film of the data has none. */
export function titleOf(film: { title: string | null }): string {
  return film.title ?? 'Untitled'
}

export function yearOf(film: { released: Date | null }): number | undefined {
  return film.released?.getUTCFullYear()
}

/** First year of a year's decade. */
export function decadeOf(year: number): number {
  return Math.floor(year / 10) * 10
}

/** The films of a decade, as a filter over `released`. */
export function releasedIn(decade: number): { gte: Date; lt: Date } {
  return { gte: new Date(Date.UTC(decade, 0)), lt: new Date(Date.UTC(decade + 10, 0)) }
}
