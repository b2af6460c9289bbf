import type { LoaderArgs, ViewProps } from 'hotclub'
import { signedIn } from 'hotclub/auth'
import { Link } from 'hotclub/client'
import { EmptyState } from '../components/empty-state.tsx'
import { FilmCard } from '../components/film-card.tsx'
import { Review, reviewSelect } from '../components/review.tsx'
import { filmCardSelect } from '../lib/films.ts'
import { formatPlural } from '../lib/format.ts'
import { memberName } from '../lib/members.ts'

export const permission = signedIn

export async function loader({ db, user }: LoaderArgs<'/members'>) {
  const visible = db.as(await user)
  const byMembers = { status: 'PUBLISHED', userId: { not: null } } as const
  const [reviews, listed, busiest] = await Promise.all([
    visible.review.findMany({
      where: byMembers,
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: 8,
      select: { ...reviewSelect, movie: { select: { slug: true, title: true } } },
    }),
    visible.watchListItem.groupBy({
      by: ['movieId'],
      where: { list: { isPublic: true } },
      _count: { movieId: true },
      orderBy: [{ _count: { movieId: 'desc' } }, { movieId: 'asc' }],
      take: 6,
    }),
    visible.review.groupBy({
      by: ['userId'],
      where: byMembers,
      _count: { userId: true },
      orderBy: [{ _count: { userId: 'desc' } }, { userId: 'asc' }],
      take: 10,
    }),
  ])
  const [films, people] = await Promise.all([
    visible.movie.findMany({
      where: { id: { in: listed.map(({ movieId }) => movieId) } },
      select: { id: true, ...filmCardSelect },
    }),
    visible.user.findMany({
      where: { id: { in: busiest.flatMap(({ userId }) => userId ?? []) } },
      select: { id: true, name: true },
    }),
  ])
  return {
    reviews,
    listed: listed.flatMap(({ movieId, _count }) => {
      const film = films.find(({ id }) => id === movieId)
      return film ? [{ film, lists: _count.movieId }] : []
    }),
    busiest: busiest.flatMap(({ userId, _count }) => {
      const member = people.find(({ id }) => id === userId)
      return member ? [{ ...member, reviews: _count.userId }] : []
    }),
  }
}

export const head = () => ({ title: 'Members', robots: 'noindex' })

export default function Members({ data }: ViewProps<typeof loader>) {
  return (
    <>
      <div className="page section-top">
        <header className="page-head">
          <h1>Among members</h1>
          <p className="muted">What the others saw lately, and what they mean to see.</p>
        </header>
      </div>

      <section className="page" aria-labelledby="latest">
        <header className="section-head">
          <h2 id="latest">Latest reviews</h2>
        </header>
        {data.reviews.length > 0 ? (
          <ul className="reviews">
            {data.reviews.map((review) => (
              <li key={review.id}>
                <Review review={review} film={review.movie} />
              </li>
            ))}
          </ul>
        ) : (
          <EmptyState title="The first word is yours">
            <p>No member’s review is published yet. Find a film you have seen, and say what you think of it.</p>
            <Link to="/films" className="button">
              Find a film
            </Link>
          </EmptyState>
        )}
      </section>

      {data.listed.length > 0 && (
        <section className="page section" aria-labelledby="listed">
          <header className="section-head">
            <h2 id="listed">On the most lists</h2>
            <p>
              <Link to="/lists">All public lists</Link>
            </p>
          </header>
          <ul className="film-grid film-row">
            {data.listed.map(({ film, lists }) => (
              <li key={film.slug}>
                <FilmCard film={film} note={formatPlural(lists, 'list')} />
              </li>
            ))}
          </ul>
        </section>
      )}

      {data.busiest.length > 0 && (
        <section className="page section" aria-labelledby="busiest">
          <header className="section-head">
            <h2 id="busiest">Who writes the most</h2>
          </header>
          <ol className="name-columns">
            {data.busiest.map((member) => (
              <li key={member.id}>
                <span>{memberName(member)}</span> <span className="muted">{formatPlural(member.reviews, 'review')}</span>
              </li>
            ))}
          </ol>
        </section>
      )}
    </>
  )
}
