import { Link } from 'hotclub/client'
import type { ReactNode } from 'react'
import { titleOf, yearOf, type FilmCardData } from '../lib/films.ts'
import { Poster } from './poster.tsx'
import { Score } from './score.tsx'

/** A film in a grid: poster, title, year and score. The whole card is one link. */
export function FilmCard({ film, note }: { film: FilmCardData; note?: ReactNode }) {
  const year = yearOf(film)
  return (
    <article className="film-card">
      <Poster title={titleOf(film)} genre={film.genres[0]?.name} year={year} />
      <h3 className="film-card-title">
        <Link to="/films/[slug]" params={{ slug: film.slug }}>
          {titleOf(film)}
        </Link>
      </h3>
      <p className="film-card-facts">
        <span>{note ?? year ?? 'Undated'}</span>
        <Score value={film.imdbRating} />
      </p>
    </article>
  )
}

/** Films side by side; the number of columns follows the space. */
export function FilmGrid({ films }: { films: FilmCardData[] }) {
  return (
    <ul className="film-grid">
      {films.map((film) => (
        <li key={film.slug}>
          <FilmCard film={film} />
        </li>
      ))}
    </ul>
  )
}

/** The grid's shape while its films are on their way. */
export function FilmGridSkeleton({ count }: { count: number }) {
  return (
    <ul className="film-grid" aria-hidden="true">
      {Array.from({ length: count }, (_, i) => (
        <li key={i} className="film-card skeleton">
          <div className="skeleton-poster" />
          <div className="skeleton-line" />
          <div className="skeleton-line short" />
        </li>
      ))}
    </ul>
  )
}
