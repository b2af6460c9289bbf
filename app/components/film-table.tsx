import { Link } from 'hotclub/client'
import { titleOf, yearOf } from '../lib/films.ts'
import { formatRuntime, formatScore, formatShortMoney } from '../lib/format.ts'
import { Score } from './score.tsx'

/** The columns of a row; loaders select exactly these. */
export const filmRowSelect = {
  slug: true,
  title: true,
  released: true,
  runtime: true,
  worldwideGross: true,
  imdbRating: true,
  averageStars: true,
  genres: { select: { name: true }, orderBy: { name: 'asc' }, take: 1 },
} as const

/** A film as `filmRowSelect` reads it. */
export interface FilmRowData {
  slug: string
  title: string | null
  released: Date | null
  runtime: number | null
  worldwideGross: bigint | null
  imdbRating: number | null
  /** What members think. */
  averageStars: number | null
  genres: Array<{ name: string }>
}

/** Films as a table; on a narrow screen only year, title and score stay. */
export function FilmTable({ films, caption }: { films: FilmRowData[]; caption: string }) {
  return (
    <table className="film-table">
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Year</th>
          <th scope="col">Film</th>
          <th scope="col" className="wide-only">
            Genre
          </th>
          <th scope="col" className="wide-only">
            Length
          </th>
          <th scope="col" className="wide-only end">
            Worldwide
          </th>
          <th scope="col" className="wide-only end">
            Members
          </th>
          <th scope="col" className="end">
            Score
          </th>
        </tr>
      </thead>
      <tbody>
        {films.map((film) => (
          <tr key={film.slug}>
            <td className="numeric muted">{yearOf(film) ?? '–'}</td>
            <th scope="row">
              <Link to="/films/[slug]" params={{ slug: film.slug }}>
                {titleOf(film)}
              </Link>
            </th>
            <td className="wide-only muted">{film.genres[0]?.name ?? '–'}</td>
            <td className="wide-only muted nowrap">{film.runtime === null ? '–' : formatRuntime(film.runtime)}</td>
            <td className="wide-only numeric end">{film.worldwideGross ? formatShortMoney(film.worldwideGross) : '–'}</td>
            <td className="wide-only end numeric muted">{film.averageStars === null ? '–' : formatScore(film.averageStars)}</td>
            <td className="end">{film.imdbRating === null ? <span className="muted">–</span> : <Score value={film.imdbRating} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
