import type { LoaderArgs, ViewProps } from 'hotclub'
import { Link } from 'hotclub/client'
import { EmptyState } from '../components/empty-state.tsx'
import { Moderation } from '../components/moderation.tsx'
import { Review, reviewSelect } from '../components/review.tsx'
import { formatPlural } from '../lib/format.ts'
import { moderateReview } from '../lib/reviews.server.ts'

const PAGE_SIZE = 20

export const permission = 'review.moderate'

/** Always the first page: whatever is decided makes room for the next. */
export async function loader({ db, user }: LoaderArgs<'/moderation'>) {
  const visible = db.as(await user)
  const where = { status: 'PENDING' } as const
  const [count, reviews] = await Promise.all([
    visible.review.count({ where }),
    visible.review.findMany({
      where,
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      take: PAGE_SIZE,
      select: { ...reviewSelect, movie: { select: { slug: true, title: true } } },
    }),
  ])
  return { count, reviews }
}

export const actions = { moderate: moderateReview }

export const head = () => ({ title: 'Moderation', robots: 'noindex' })

export default function ModerationPage({ data: { count, reviews } }: ViewProps<typeof loader>) {
  return (
    <div className="page section-top">
      <header className="page-head">
        <h1>Moderation</h1>
        {count > 0 && (
          <p className="muted">
            {formatPlural(count, 'review')} to read{count > reviews.length && `, the ${reviews.length} oldest here`}
          </p>
        )}
      </header>
      {reviews.length > 0 ? (
        <>
          <h2 id="reviews" className="visually-hidden">
            To read
          </h2>
          <ul className="queue">
            {reviews.map((review) => (
              <li key={review.id}>
                <Review review={review} film={review.movie}>
                  <Moderation id={review.id} />
                  <Link to="/reviews/[id=int]/edit" params={{ id: review.id }} className="button button-small button-quiet">
                    Edit
                  </Link>
                </Review>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <EmptyState title="Nothing left to read">
          <p>Every review has been published or rejected. New ones wait for you here.</p>
          <Link to="/members" className="button">
            See the latest
          </Link>
        </EmptyState>
      )}
    </div>
  )
}
