import type { ReactNode } from 'react'
import type { FilmRow } from './films.ts'

/** The view that is measured: 20 films. */
export function FilmList({ films }: { films: FilmRow[] }): ReactNode {
  return (
    <main className="page">
      <h1>Films</h1>
      <ul className="films">
        {films.map((film) => (
          <li key={film.id} className="film">
            <h2>
              <a href={`/films/${film.id}`}>{film.title}</a>
            </h2>
            <p className="summary">{film.summary}</p>
            <p className="facts">
              <span>{film.year}</span> <span>{film.rating.toFixed(1)}</span> <span>{film.director.name}</span>
            </p>
          </li>
        ))}
      </ul>
    </main>
  )
}

/** The frame of the site around every page. */
export function Frame({ children }: { children: ReactNode }): ReactNode {
  return (
    <div className="site">
      <header>
        <a href="/">Matinée</a>
        <nav aria-label="Main">
          <a href="/films">Films</a> <a href="/people">People</a> <a href="/about">About</a>
        </nav>
      </header>
      {children}
      <footer>Bench</footer>
    </div>
  )
}
