import { href, redirect, type LoaderArgs, type ViewProps } from 'hotclub'
import { Link } from 'hotclub/client'
import { z } from 'zod'
import { EmptyState } from '../../components/empty-state.tsx'
import { FilmFilters } from '../../components/film-filters.tsx'
import { FilmGrid } from '../../components/film-card.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { activeFilters, changed, filmFilter, filmOrder, scores, sortLabels, sortNames } from '../../lib/film-search.ts'
import { decades, filmCardSelect, ratingNames } from '../../lib/films.ts'
import { formatCount, formatPlural } from '../../lib/format.ts'
import { pageNumber } from '../../lib/paging.ts'
import { address } from '../../lib/site.server.ts'

const PAGE_SIZE = 24

/** Values that make no sense are dropped: an old or hand-made link still shows films. */
export const search = z.object({
  q: z.string().trim().max(100).optional().catch(undefined),
  genre: z.array(z.string()).max(20).default([]).catch([]),
  rating: z.array(z.enum(ratingNames)).max(20).default([]).catch([]),
  decade: z.coerce.number().pipe(z.literal(decades)).optional().catch(undefined),
  score: z.coerce.number().pipe(z.literal(scores)).optional().catch(undefined),
  sort: z.enum(sortNames).default('popular').catch('popular'),
  page: pageNumber,
})

export const cache = { seconds: 600, stale: 60 }

export async function loader({ db, search }: LoaderArgs<'/films'>) {
  const where = filmFilter(search)
  const [count, films, genres] = await Promise.all([
    db.movie.count({ where }),
    db.movie.findMany({
      where,
      orderBy: filmOrder(search.sort),
      skip: (search.page - 1) * PAGE_SIZE,
      take: PAGE_SIZE,
      select: filmCardSelect,
    }),
    db.genre.findMany({ orderBy: { name: 'asc' }, take: 40, select: { name: true, slug: true } }),
  ])
  const pages = Math.max(Math.ceil(count / PAGE_SIZE), 1)
  if (search.page > pages) redirect(href('/films', {}, { search: changed(search, { page: pages }) }))
  return { count, films, genres, pages }
}

/** Of all the searches only the plain list, page by page, is for search engines. */
export const head = ({ search }: ViewProps<typeof loader>) => {
  const { page, ...filters } = changed(search, { page: search.page })
  const title = search.q ? `“${search.q}”` : page ? `Films, page ${page}` : 'Films'
  return {
    title,
    description: 'Every film of Matinée, by title, genre, rating and decade.',
    ...address(href('/films', {}, { search: page ? { page } : {} }), title),
    ...(Object.keys(filters).length > 0 && { robots: 'noindex, follow' }),
  }
}

export default function Films({ data, search }: ViewProps<typeof loader>) {
  const filters = activeFilters(search, new Map(data.genres.map((genre) => [genre.slug, genre.name])))
  const first = (search.page - 1) * PAGE_SIZE + 1
  return (
    <div className="page section-top">
      <header className="page-head">
        <h1>Films</h1>
        <p className="muted" aria-live="polite">
          {data.count === 0 ? (
            'No film found'
          ) : data.pages === 1 ? (
            formatPlural(data.count, 'film')
          ) : (
            <>
              {formatCount(first)}–{formatCount(first + data.films.length - 1)} of {formatPlural(data.count, 'film')}
            </>
          )}
          <span className="visually-hidden">, {sortLabels[search.sort].toLowerCase()}</span>
        </p>
      </header>

      <FilmFilters search={search} genres={data.genres} />

      {filters.length > 0 && (
        <ul className="chips active-filters" aria-label="Filters in use">
          {filters.map((filter) => (
            <li key={filter.label}>
              <Link to="/films" search={filter.without} className="chip chip-remove">
                <span className="visually-hidden">Remove filter: </span>
                {filter.label}
              </Link>
            </li>
          ))}
          <li>
            <Link to="/films" search={search.sort === 'popular' ? {} : { sort: search.sort }} className="chip-clear">
              Clear all
            </Link>
          </li>
        </ul>
      )}

      {data.films.length > 0 ? (
        <>
          <h2 className="visually-hidden">Results</h2>
          <FilmGrid films={data.films} />
        </>
      ) : (
        <EmptyState title="Nothing is showing">
          <p>
            No film fits all of this at once.{' '}
            {filters.length > 1 ? 'Take a filter away, or start over.' : 'Try fewer letters, or start over.'} Missing one?{' '}
            <Link to="/suggest">Suggest it</Link>.
          </p>
          <Link to="/films" className="button">
            Show all films
          </Link>
        </EmptyState>
      )}

      <Pagination
        label="Films"
        page={search.page}
        pages={data.pages}
        link={(page, props) => <Link key={page} to="/films" search={changed(search, { page })} {...props} />}
      />
    </div>
  )
}
