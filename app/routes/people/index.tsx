import { href, redirect, type LoaderArgs, type ViewProps } from 'hotclub'
import { Link } from 'hotclub/client'
import { z } from 'zod'
import { EmptyState } from '../../components/empty-state.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { formatPlural } from '../../lib/format.ts'
import { pageNumber } from '../../lib/paging.ts'
import { address } from '../../lib/site.server.ts'

const PAGE_SIZE = 90
const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ')

export const search = z.object({
  letter: z
    .string()
    .regex(/^[A-Z]$/)
    .optional()
    .catch(undefined),
  page: pageNumber,
})

export const cache = { seconds: 600, stale: 60 }

export async function loader({ db, search }: LoaderArgs<'/people'>) {
  const where = search.letter === undefined ? {} : { name: { startsWith: search.letter } }
  const [count, people] = await Promise.all([
    db.person.count({ where }),
    db.person.findMany({
      where,
      orderBy: { name: 'asc' },
      skip: (search.page - 1) * PAGE_SIZE,
      take: PAGE_SIZE,
      select: { name: true, slug: true, _count: { select: { directed: true } } },
    }),
  ])
  const pages = Math.max(Math.ceil(count / PAGE_SIZE), 1)
  if (search.page > pages) redirect(href('/people', {}, { search: query(search.letter, pages) }))
  return { count, people, pages }
}

export const head = ({ search }: ViewProps<typeof loader>) => {
  const title = `Directors${search.letter ? `, ${search.letter}` : ''}${search.page > 1 ? `, page ${search.page}` : ''}`
  return {
    title,
    description: 'The directors of Matinée, A to Z, with all their films.',
    ...address(href('/people', {}, { search: query(search.letter, search.page) }), title),
  }
}

export default function People({ data, search }: ViewProps<typeof loader>) {
  return (
    <div className="page section-top">
      <header className="page-head">
        <h1>Directors</h1>
        <p className="muted">
          {formatPlural(data.count, 'director')}
          {search.letter && `, first name with ${search.letter}`}
        </p>
      </header>
      <nav aria-label="First letter">
        <ul className="letters">
          <li>
            <Link to="/people" {...(search.letter === undefined && { 'aria-current': 'page' as const })}>
              All
            </Link>
          </li>
          {letters.map((letter) => (
            <li key={letter}>
              <Link to="/people" search={{ letter }} {...(search.letter === letter && { 'aria-current': 'page' as const })}>
                {letter}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {data.people.length > 0 ? (
        <ul className="name-columns">
          {data.people.map((person) => (
            <li key={person.slug}>
              <Link to="/people/[slug]" params={{ slug: person.slug }}>
                {person.name}
              </Link>{' '}
              <span className="muted numeric">
                {person._count.directed}
                <span className="visually-hidden"> films</span>
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <EmptyState title={`No one under ${search.letter}`}>
          <p>None of our directors has a first name with this letter.</p>
          <Link to="/people" className="button">
            Show all directors
          </Link>
        </EmptyState>
      )}
      <Pagination
        label="Directors"
        page={search.page}
        pages={data.pages}
        link={(page, props) => <Link key={page} to="/people" search={query(search.letter, page)} {...props} />}
      />
    </div>
  )
}

/** The query string of a page, without what goes without saying. */
function query(letter: string | undefined, page: number): { letter?: string; page?: number } {
  return { ...(letter !== undefined && { letter }), ...(page > 1 && { page }) }
}
