import { describe, expect, it } from 'vitest'
import { activeFilters, changed, filmFilter, type FilmSearch } from './film-search.ts'

const everything: FilmSearch = { genre: [], rating: [], sort: 'popular', page: 1 }

describe('changed', () => {
  it('leaves out what is said by default, so that the plain list has a plain URL', () => {
    expect(changed({ ...everything, page: 4 }, {})).toEqual({})
  })

  it('goes back to the first page when a filter changes, and keeps the others', () => {
    const search: FilmSearch = { ...everything, q: 'the', genre: ['horror'], sort: 'best', page: 7 }
    expect(changed(search, { decade: 1990 })).toEqual({ q: 'the', genre: ['horror'], decade: 1990, sort: 'best' })
  })

  it('keeps the filters of a page link', () => {
    expect(changed({ ...everything, score: 8 }, { page: 2 })).toEqual({ score: 8, page: 2 })
  })
})

describe('activeFilters', () => {
  it('names each filter and takes away only that one', () => {
    const search: FilmSearch = { ...everything, genre: ['horror', 'comedy'], rating: ['PG_13'], decade: 1980, page: 2 }
    const filters = activeFilters(search, new Map([['horror', 'Horror']]))

    expect(filters.map((filter) => filter.label)).toEqual(['Horror', 'comedy', 'Rated PG-13', '1980s'])
    expect(filters[0]!.without).toEqual({ genre: ['comedy'], rating: ['PG_13'], decade: 1980 })
    expect(filters[3]!.without).toEqual({ genre: ['horror', 'comedy'], rating: ['PG_13'] })
  })
})

describe('filmFilter', () => {
  it('asks for nothing when nothing is chosen', () => {
    expect(filmFilter(everything)).toEqual({})
  })

  it('takes a decade from its first day up to the next one', () => {
    expect(filmFilter({ ...everything, decade: 1990 })).toEqual({
      released: { gte: new Date('1990-01-01T00:00:00Z'), lt: new Date('2000-01-01T00:00:00Z') },
    })
  })
})
