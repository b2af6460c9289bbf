import { href, redirect, type LoaderArgs, type ViewProps } from 'hotclub'
import { Link } from 'hotclub/client'
import { z } from 'zod'
import { Pagination } from '../../components/pagination.tsx'
import { formatCount, formatPlural } from '../../lib/format.ts'
import { pageNumber } from '../../lib/paging.ts'
import { address } from '../../lib/site.server.ts'

const PAGE_SIZE = 60

export const search = z.object({ sort: z.enum(['films', 'name']).default('films').catch('films'), page: pageNumber })

export const cache = { seconds: 600, stale: 60 }

export async function loader({ db, search }: LoaderArgs<'/distributors'>) {
  const [count, distributors] = await Promise.all([
    db.distributor.count(),
    db.distributor.findMany({
      orderBy: search.sort === 'films' ? [{ movies: { _count: 'desc' } }, { name: 'asc' }] : [{ name: 'asc' }],
      skip: (search.page - 1) * PAGE_SIZE,
      take: PAGE_SIZE,
      select: { name: true, slug: true, _count: { select: { movies: true } } },
    }),
  ])
  const pages = Math.max(Math.ceil(count / PAGE_SIZE), 1)
  if (search.page > pages) redirect(href('/distributors', {}, { search: query(search.sort, pages) }))
  return { count, distributors, pages }
}

export const head = ({ search }: ViewProps<typeof loader>) => {
  const title = `Distributors${search.page > 1 ? `, page ${search.page}` : ''}`
  return {
    title,
    description: 'The companies that brought the films of Matinée to cinemas.',
    ...address(href('/distributors', {}, { search: query(search.sort, search.page) }), title),
  }
}

export default function Distributors({ data, search }: ViewProps<typeof loader>) {
  const most = Math.max(...data.distributors.map((distributor) => distributor._count.movies), 1)
  return (
    <div className="page section-top">
      <header className="page-head">
        <h1>Distributors</h1>
        <p className="muted">{formatPlural(data.count, 'company', 'companies')}</p>
      </header>
      <nav aria-label="Order">
        <ul className="chips">
          <li>
            <Link className="chip" to="/distributors" {...(search.sort === 'films' && { 'aria-current': 'page' as const })}>
              Most films
            </Link>
          </li>
          <li>
            <Link
              className="chip"
              to="/distributors"
              search={{ sort: 'name' }}
              {...(search.sort === 'name' && { 'aria-current': 'page' as const })}
            >
              A to Z
            </Link>
          </li>
        </ul>
      </nav>
      <table className="distributor-table">
        <caption className="visually-hidden">Distributors and how many films of theirs we have</caption>
        <thead className="visually-hidden">
          <tr>
            <th scope="col">Distributor</th>
            <th scope="col">Films</th>
          </tr>
        </thead>
        <tbody>
          {data.distributors.map((distributor) => (
            <tr key={distributor.slug}>
              <th scope="row">
                <Link to="/distributors/[slug]" params={{ slug: distributor.slug }}>
                  {distributor.name}
                </Link>
                <svg className="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
                  <rect width={Math.max((100 * distributor._count.movies) / most, 0.4)} height="1" />
                </svg>
              </th>
              <td className="numeric end">{formatCount(distributor._count.movies)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Pagination
        label="Distributors"
        page={search.page}
        pages={data.pages}
        link={(page, props) => <Link key={page} to="/distributors" search={query(search.sort, page)} {...props} />}
      />
    </div>
  )
}

function query(sort: 'films' | 'name', page: number): { sort?: 'name'; page?: number } {
  return { ...(sort === 'name' && { sort }), ...(page > 1 && { page }) }
}
