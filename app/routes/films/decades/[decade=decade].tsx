import { href, notFound, type LoaderArgs, type ViewProps } from 'hotclub'
import { Link } from 'hotclub/client'
import { z } from 'zod'
import { Breadcrumbs } from '../../../components/breadcrumbs.tsx'
import { FilmGrid } from '../../../components/film-card.tsx'
import { Headline } from '../../../components/headline.tsx'
import { Pagination } from '../../../components/pagination.tsx'
import { decades, filmCardSelect, releasedIn } from '../../../lib/films.ts'
import { formatPlural } from '../../../lib/format.ts'
import { pageNumber } from '../../../lib/paging.ts'
import { address } from '../../../lib/site.server.ts'

const PAGE_SIZE = 24

export const search = z.object({ page: pageNumber })

export const cache = { seconds: 600, stale: 60 }

export async function loader({ params, search, db }: LoaderArgs<'/films/decades/[decade=decade]'>) {
  const where = { released: releasedIn(params.decade) }
  const [count, films] = await Promise.all([
    db.movie.count({ where }),
    db.movie.findMany({
      where,
      orderBy: [{ imdbVotes: { sort: 'desc', nulls: 'last' } }, { id: 'asc' }],
      skip: (search.page - 1) * PAGE_SIZE,
      take: PAGE_SIZE,
      select: filmCardSelect,
    }),
  ])
  if (films.length === 0) notFound(count === 0 ? `We have no films from the ${params.decade}s.` : undefined)
  return { count, films, pages: Math.ceil(count / PAGE_SIZE) }
}

export const head = ({ data, params, search }: ViewProps<typeof loader>) => {
  const title = `Films of the ${params.decade}s${search.page > 1 ? `, page ${search.page}` : ''}`
  const path = href('/films/decades/[decade=decade]', params, { search: search.page > 1 ? { page: search.page } : {} })
  return {
    title,
    description: `${formatPlural(data.count, 'film')} of the ${params.decade}s, the best known first.`,
    ...address(path, title),
  }
}

export default function Decade({ data, params, search }: ViewProps<typeof loader>) {
  const { decade } = params
  return (
    <div className="page section-top">
      <Breadcrumbs>
        <Link to="/films">Films</Link>
      </Breadcrumbs>
      <header className="decade-head">
        <Headline lines={[{ text: `${decade}s`, cap: 130 }]} />
        <p className="lead">{formatPlural(data.count, 'film')}, the best known first.</p>
        <nav aria-label="Decades">
          <ul className="chips">
            {decades.map((other) => (
              <li key={other}>
                <Link
                  to="/films/decades/[decade=decade]"
                  params={{ decade: other }}
                  className="chip"
                  {...(other === decade && { 'aria-current': 'page' as const })}
                >
                  {other}s
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      <h2 className="visually-hidden">Films</h2>
      <FilmGrid films={data.films} />
      <Pagination
        label={`Films of the ${decade}s`}
        page={search.page}
        pages={data.pages}
        link={(page, props) => (
          <Link key={page} to="/films/decades/[decade=decade]" params={{ decade }} search={page > 1 ? { page } : {}} {...props} />
        )}
      />
    </div>
  )
}
