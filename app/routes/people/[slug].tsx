import { href, notFound, type LoaderArgs, type ViewProps } from 'hotclub'
import { Link } from 'hotclub/client'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { Figures } from '../../components/figures.tsx'
import { FilmTable, filmRowSelect } from '../../components/film-table.tsx'
import { formatPlural, formatScore, formatShortMoney } from '../../lib/format.ts'
import { address, siteUrl } from '../../lib/site.server.ts'

/** More than anyone of the data directed. */
const MOST_FILMS = 200

export const cache = { seconds: 600, stale: 60 }

export async function loader({ params, db }: LoaderArgs<'/people/[slug]'>) {
  const director = { slug: params.slug }
  const [person, totals] = await Promise.all([
    db.person.findUnique({
      where: director,
      select: {
        name: true,
        slug: true,
        directed: { orderBy: [{ released: { sort: 'desc', nulls: 'last' } }, { id: 'asc' }], take: MOST_FILMS, select: filmRowSelect },
      },
    }),
    db.movie.aggregate({ where: { director }, _count: { _all: true }, _avg: { imdbRating: true }, _sum: { worldwideGross: true } }),
  ])
  if (!person) notFound('We know no director at this address.')
  return { person, count: totals._count._all, score: totals._avg.imdbRating, gross: totals._sum.worldwideGross }
}

export const head = ({ data: { person, count } }: ViewProps<typeof loader>) => {
  const path = href('/people/[slug]', { slug: person.slug })
  return {
    title: person.name,
    description: `${formatPlural(count, 'film')} directed by ${person.name}, with ratings and box office.`,
    ...address(path, person.name, 'profile'),
    jsonLd: [{ '@context': 'https://schema.org', '@type': 'Person', name: person.name, jobTitle: 'Film director', url: siteUrl(path) }],
  }
}

export default function PersonPage({ data: { person, count, score, gross } }: ViewProps<typeof loader>) {
  return (
    <article className="page section-top">
      <Breadcrumbs>
        <Link to="/people">Directors</Link>
      </Breadcrumbs>
      <header className="page-head page-head-tall">
        <h1>{person.name}</h1>
        <Figures
          figures={[
            { label: count === 1 ? 'film' : 'films', value: String(count) },
            { label: 'average score', value: score === null ? null : formatScore(score) },
            { label: 'worldwide', value: gross ? formatShortMoney(gross) : null },
          ]}
        />
      </header>
      <FilmTable films={person.directed} caption={`Films directed by ${person.name}, newest first`} />
    </article>
  )
}
