import { href, notFound, type LoaderArgs, type ViewProps } from 'hotclub'
import { Link } from 'hotclub/client'
import { z } from 'zod'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { Figures } from '../../components/figures.tsx'
import { FilmGrid } from '../../components/film-card.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { filmCardSelect } from '../../lib/films.ts'
import { formatCount, formatPlural, formatScore, formatShortMoney } from '../../lib/format.ts'
import { pageNumber } from '../../lib/paging.ts'
import { address } from '../../lib/site.server.ts'

const PAGE_SIZE = 24

export const search = z.object({ page: pageNumber })

export const cache = { seconds: 600, stale: 60 }

export async function loader({ params, search, db }: LoaderArgs<'/distributors/[slug]'>) {
  const distributor = { slug: params.slug }
  const [company, films, totals] = await Promise.all([
    db.distributor.findUnique({ where: distributor, select: { name: true, slug: true } }),
    db.movie.findMany({
      where: { distributor },
      orderBy: [{ released: { sort: 'desc', nulls: 'last' } }, { id: 'asc' }],
      skip: (search.page - 1) * PAGE_SIZE,
      take: PAGE_SIZE,
      select: filmCardSelect,
    }),
    db.movie.aggregate({ where: { distributor }, _count: { _all: true }, _avg: { imdbRating: true }, _sum: { worldwideGross: true } }),
  ])
  if (!company) notFound('We know no distributor at this address.')
  const count = totals._count._all
  if (films.length === 0 && search.page > 1) notFound()
  return { company, films, count, pages: Math.ceil(count / PAGE_SIZE), score: totals._avg.imdbRating, gross: totals._sum.worldwideGross }
}

export const head = ({ data: { company, count }, search }: ViewProps<typeof loader>) => {
  const title = `Films by ${company.name}${search.page > 1 ? `, page ${search.page}` : ''}`
  const path = href('/distributors/[slug]', { slug: company.slug }, { search: search.page > 1 ? { page: search.page } : {} })
  return { title, description: `${formatPlural(count, 'film')} distributed by ${company.name}, newest first.`, ...address(path, title) }
}

export default function DistributorPage({ data, search }: ViewProps<typeof loader>) {
  const { company, count, score, gross } = data
  return (
    <div className="page section-top">
      <Breadcrumbs>
        <Link to="/distributors">Distributors</Link>
      </Breadcrumbs>
      <header className="page-head page-head-tall">
        <h1>{company.name}</h1>
        <Figures
          figures={[
            { label: count === 1 ? 'film' : 'films', value: formatCount(count) },
            { label: 'average score', value: score === null ? null : formatScore(score) },
            { label: 'worldwide', value: gross ? formatShortMoney(gross) : null },
          ]}
        />
      </header>
      <h2 className="visually-hidden">Films, newest first</h2>
      <FilmGrid films={data.films} />
      <Pagination
        label={`Films by ${company.name}`}
        page={search.page}
        pages={data.pages}
        link={(page, props) => (
          <Link key={page} to="/distributors/[slug]" params={{ slug: company.slug }} search={page > 1 ? { page } : {}} {...props} />
        )}
      />
    </div>
  )
}
