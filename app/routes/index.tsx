import type { LoaderArgs, ViewProps } from 'hotclub'
import { Link } from 'hotclub/client'
import type { ReactNode } from 'react'
import { DecadeChart } from '../components/decade-chart.tsx'
import { FilmCard } from '../components/film-card.tsx'
import { Headline } from '../components/headline.tsx'
import { Poster } from '../components/poster.tsx'
import { Score } from '../components/score.tsx'
import { SearchBox } from '../components/search-box.tsx'
import { decades, filmCardSelect, releasedIn, titleOf, TRUSTED_VOTES, yearOf } from '../lib/films.ts'
import { formatCount, formatPlural } from '../lib/format.ts'
import { address } from '../lib/site.server.ts'

/** Dropped at once by whatever changes what it shows. */
export const cache = { seconds: 600, stale: 60 }

export async function loader({ db }: LoaderArgs<'/'>) {
  const [count, best, reviewCounts, decadeCounts, genres] = await Promise.all([
    db.movie.count(),
    db.movie.findMany({
      where: { imdbVotes: { gte: TRUSTED_VOTES } },
      orderBy: [{ imdbRating: 'desc' }, { imdbVotes: 'desc' }],
      take: 10,
      select: { ...filmCardSelect, director: { select: { name: true } } },
    }),
    db.review.groupBy({
      by: ['movieId'],
      where: { status: 'PUBLISHED' },
      _count: { _all: true },
      orderBy: [{ _count: { movieId: 'desc' } }, { movieId: 'asc' }],
      take: 6,
    }),
    // One counted index range a decade: cheaper than reading every date to group by it.
    Promise.all(decades.map(async (decade) => ({ decade, films: await db.movie.count({ where: { released: releasedIn(decade) } }) }))),
    db.genre.findMany({ orderBy: { name: 'asc' }, take: 40, select: { name: true, slug: true, _count: { select: { movies: true } } } }),
  ])
  const reviewed = await db.movie.findMany({
    where: { id: { in: reviewCounts.map((entry) => entry.movieId) } },
    select: { id: true, ...filmCardSelect },
  })
  return {
    count,
    best,
    mostReviewed: reviewCounts.flatMap(({ movieId, _count }) => {
      const film = reviewed.find((candidate) => candidate.id === movieId)
      return film ? [{ film, reviews: _count._all }] : []
    }),
    decades: decadeCounts.filter((entry) => entry.films > 0),
    genres: genres.map(({ name, slug, _count }) => ({ name, slug, films: _count.movies })),
  }
}

export const head = () => ({ title: 'Matinée', ...address('/', 'Matinée: films for a slow afternoon') })

export default function Home({ data }: ViewProps<typeof loader>) {
  const [cover, ...rest] = data.best
  return (
    <>
      <section className="hero page">
        <div className="hero-words">
          <Headline
            lines={[
              { text: String(data.count), cap: 150 },
              { text: 'films for a', cap: 62 },
              { text: 'slow', cap: 144 },
              { text: 'afternoon', cap: 118 },
            ]}
          />
          <SearchBox id="home-search" label="Search films by title or director" large />
        </div>
        {cover && (
          <div className="hero-cover">
            <Link to="/films/[slug]" params={{ slug: cover.slug }} className="cover">
              <Poster title={titleOf(cover)} genre={cover.genres[0]?.name} year={yearOf(cover)} />
              <span className="cover-words">
                <span className="eyebrow">Number one</span>
                <span className="cover-title">{titleOf(cover)}</span>
                <span className="muted">{[cover.director?.name, yearOf(cover)].filter(Boolean).join(', ')}</span>
                <Score value={cover.imdbRating} size="large" />
              </span>
            </Link>
          </div>
        )}
      </section>

      <section className="page section" aria-labelledby="best">
        <SectionHead id="best" title="Best rated">
          <Link to="/films" search={{ sort: 'best' }}>
            The whole list
          </Link>
        </SectionHead>
        <ol className="ranking" start={2}>
          {rest.map((film, i) => (
            <li key={film.slug}>
              <span className="ranking-place" aria-hidden="true">
                {i + 2}
              </span>
              <Poster title={titleOf(film)} genre={film.genres[0]?.name} year={yearOf(film)} />
              <div>
                <h3>
                  <Link to="/films/[slug]" params={{ slug: film.slug }}>
                    {titleOf(film)}
                  </Link>
                </h3>
                <p className="muted">{[film.director?.name, yearOf(film)].filter(Boolean).join(', ')}</p>
              </div>
              <Score value={film.imdbRating} />
            </li>
          ))}
        </ol>
      </section>

      {data.mostReviewed.length > 0 && (
        <section className="page section" aria-labelledby="reviewed">
          <SectionHead id="reviewed" title="Most reviewed" />
          <ul className="film-grid film-row">
            {data.mostReviewed.map(({ film, reviews }) => (
              <li key={film.slug}>
                <FilmCard film={film} note={formatPlural(reviews, 'review')} />
              </li>
            ))}
          </ul>
        </section>
      )}

      <section className="band section" aria-labelledby="decades">
        <div className="page">
          <SectionHead id="decades" title="By decade" />
          <DecadeChart decades={data.decades} />
        </div>
      </section>

      <section className="page section" aria-labelledby="genres">
        <SectionHead id="genres" title="By genre" />
        <ul className="genre-index">
          {data.genres.map((genre) => (
            <li key={genre.slug}>
              <Link to="/films" search={{ genre: [genre.slug] }}>
                {genre.name}
                <sup className="numeric">
                  {formatCount(genre.films)}
                  <span className="visually-hidden"> films</span>
                </sup>
              </Link>
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}

function SectionHead({ id, title, children }: { id: string; title: string; children?: ReactNode }) {
  return (
    <header className="section-head">
      <h2 id={id}>{title}</h2>
      {children && <p>{children}</p>}
    </header>
  )
}
