import { ratingLabels, releasedIn, type decades, type RatingName } from './films.ts'

/** What can be asked of the list of films; the query string of `/films`, parsed. */
export interface FilmSearch {
  q?: string | undefined
  /** Slugs; a film with any of them matches. */
  genre: string[]
  rating: RatingName[]
  /** First year. */
  decade?: (typeof decades)[number] | undefined
  /** At least this IMDb rating. */
  score?: (typeof scores)[number] | undefined
  sort: SortName
  page: number
}

export const sortLabels = {
  popular: 'Most votes',
  best: 'Best rated',
  newest: 'Newest first',
  oldest: 'Oldest first',
  gross: 'Highest grossing',
  title: 'Title, A to Z',
} as const
export type SortName = keyof typeof sortLabels
export const sortNames = Object.keys(sortLabels) as [SortName, ...SortName[]]

export const scores = [6, 7, 8, 9] as const

/** A search without what is said by default, so that URLs stay short. Changing a filter goes back to the first page. */
export function changed(search: FilmSearch, changes: Partial<FilmSearch>): Partial<FilmSearch> {
  const next = { ...search, page: 1, ...changes }
  return {
    ...(next.q && { q: next.q }),
    ...(next.genre.length > 0 && { genre: next.genre }),
    ...(next.rating.length > 0 && { rating: next.rating }),
    ...(next.decade !== undefined && { decade: next.decade }),
    ...(next.score !== undefined && { score: next.score }),
    ...(next.sort !== 'popular' && { sort: next.sort }),
    ...(next.page > 1 && { page: next.page }),
  }
}

/** One filter in use: what it says and the search without it. */
export interface ActiveFilter {
  label: string
  without: Partial<FilmSearch>
}

/** @param genreNames Slug → name */
export function activeFilters(search: FilmSearch, genreNames: ReadonlyMap<string, string>): ActiveFilter[] {
  const filters: ActiveFilter[] = []
  const add = (label: string, changes: Partial<FilmSearch>) => filters.push({ label, without: changed(search, changes) })
  if (search.q) add(`“${search.q}”`, { q: undefined })
  for (const genre of search.genre) add(genreNames.get(genre) ?? genre, { genre: search.genre.filter((other) => other !== genre) })
  for (const rating of search.rating) add(`Rated ${ratingLabels[rating]}`, { rating: search.rating.filter((other) => other !== rating) })
  if (search.decade !== undefined) add(`${search.decade}s`, { decade: undefined })
  if (search.score !== undefined) add(`${search.score}.0 or better`, { score: undefined })
  return filters
}

/** The search as a Prisma filter. */
export function filmFilter({ q, genre, rating, decade, score }: FilmSearch) {
  return {
    ...(q && { OR: [{ title: { contains: q } }, { director: { name: { contains: q } } }] }),
    ...(genre.length > 0 && { genres: { some: { slug: { in: genre } } } }),
    ...(rating.length > 0 && { rating: { in: rating } }),
    ...(decade !== undefined && { released: releasedIn(decade) }),
    ...(score !== undefined && { imdbRating: { gte: score } }),
  }
}

/** Films without the sorted value come last; the id settles ties, so that pages never overlap. */
export function filmOrder(sort: SortName) {
  const last = (order: 'asc' | 'desc') => ({ sort: order, nulls: 'last' as const })
  switch (sort) {
    case 'popular':
      return [{ imdbVotes: last('desc') }, { id: 'asc' as const }]
    case 'best':
      return [{ imdbRating: last('desc') }, { imdbVotes: last('desc') }, { id: 'asc' as const }]
    case 'newest':
      return [{ released: last('desc') }, { id: 'asc' as const }]
    case 'oldest':
      return [{ released: last('asc') }, { id: 'asc' as const }]
    case 'gross':
      return [{ worldwideGross: last('desc') }, { id: 'asc' as const }]
    case 'title':
      return [{ title: last('asc') }, { id: 'asc' as const }]
  }
}
