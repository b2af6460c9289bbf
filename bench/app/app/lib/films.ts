/** One row of the page that is measured. */
export interface FilmRow {
  id: number
  title: string
  summary: string
  year: number
  rating: number
  director: { name: string }
}

export const PAGE_SIZE = 20

const words =
  'a quiet town by the sea wakes to find that nobody remembers the summer before the film begins and the lighthouse is dark'.split(' ')

/** A film as the database and the memory hold it. @param id From 1 up */
export function film(id: number): FilmRow {
  const text = (length: number): string => Array.from({ length }, (_, index) => words[(id * 7 + index * 3) % words.length]).join(' ')
  return {
    id,
    title: text(5),
    summary: text(36),
    year: 1920 + (id % 100),
    rating: (id % 90) / 10,
    director: { name: `Director ${id % 50}` },
  }
}

/** The newest films, as the query gives them. */
export const newest: FilmRow[] = Array.from({ length: PAGE_SIZE }, (_, index) => film(1000 - index))
