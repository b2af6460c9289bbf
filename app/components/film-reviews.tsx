import { Link, usePage } from 'hotclub/client'
import { useForm } from 'hotclub/forms'
import { formatPlural, formatScore } from '../lib/format.ts'
import { signInPath } from '../lib/members.ts'
import { DeleteReview } from './delete-review.tsx'
import { Moderation } from './moderation.tsx'
import { Review, type ReviewData } from './review.tsx'
import { type ReviewAction, ReviewForm } from './review-form.tsx'

type Status = 'PENDING' | 'PUBLISHED' | 'REJECTED'

export interface FilmReviewsProps {
  /** Published ones, the latest first, and how many there are in all. */
  reviews: ReviewData[]
  count: number
  /** The average of their stars. */
  average: number | null
  /** `null` for a stranger. */
  member: { isModerator: boolean; review: (ReviewData & { status: Status }) | null } | null
  /** Those that wait for a moderator; empty for everybody else. */
  pending: ReviewData[]
}

/** What members think of a film. For pages with the actions `review`, `remove` and `moderate`. */
export function FilmReviews({ reviews, count, average, member, pending }: FilmReviewsProps) {
  const own = member?.review
  // A second review, from a page that was open before the first, is refused: what was typed stays, with the words that say why.
  const { invalid } = useForm<ReviewAction>('review')
  const others = reviews.filter(({ id }) => id !== own?.id)
  const waiting = pending.filter(({ id }) => id !== own?.id)
  return (
    <section className="page section" aria-labelledby="reviews">
      <header className="section-head">
        <h2 id="reviews">Reviews</h2>
        <p className="muted">
          {count > 0 && formatPlural(count, 'review')}
          {average !== null && `, ${formatScore(average)} of 10 on average`}
        </p>
      </header>
      {waiting.length > 0 && (
        <div className="review-queue">
          <p className="eyebrow">{formatPlural(waiting.length, 'review')} for you to read</p>
          <ReviewList reviews={waiting} isPending isModerator />
        </div>
      )}
      {own && <OwnReview review={own} isModerator={member.isModerator} />}
      {others.length > 0 ? (
        <ReviewList reviews={others} isModerator={member?.isModerator ?? false} />
      ) : (
        !own && <p className="muted">Nobody has written about this film yet.</p>
      )}
      {(!own || invalid) && <WriteReview isMember={member !== null} />}
    </section>
  )
}

function ReviewList({ reviews, isModerator, isPending = false }: { reviews: ReviewData[]; isModerator: boolean; isPending?: boolean }) {
  return (
    <ul className="reviews">
      {reviews.map((review) => (
        <li key={review.id}>
          <Review review={review}>
            {isModerator && (
              <>
                {isPending && <Moderation id={review.id} />}
                <EditLink id={review.id} />
              </>
            )}
          </Review>
        </li>
      ))}
    </ul>
  )
}

const standings: Record<Status, string> = {
  PUBLISHED: 'Your review',
  PENDING: 'Your review. It appears here for everybody once one of us has read it.',
  REJECTED: 'Your review was not published. Change it, and we will read it again.',
}

function OwnReview({ review, isModerator }: { review: ReviewData & { status: Status }; isModerator: boolean }) {
  return (
    <div className="review-own" id="your-review" tabIndex={-1}>
      <p className="eyebrow">{standings[review.status]}</p>
      <Review review={review}>
        {isModerator && review.status === 'PENDING' && <Moderation id={review.id} />}
        <EditLink id={review.id} />
        <DeleteReview id={review.id} />
      </Review>
    </div>
  )
}

function EditLink({ id }: { id: number }) {
  return (
    <Link to="/reviews/[id=int]/edit" params={{ id }} className="button button-small button-quiet">
      Edit
    </Link>
  )
}

function WriteReview({ isMember }: { isMember: boolean }) {
  const { url } = usePage()
  return (
    <div className="review-form">
      <h3 id="write-review">Have you seen it?</h3>
      {isMember ? (
        <ReviewForm action="review" send="Send review" sending="Sending …" labelledBy="write-review" />
      ) : (
        <>
          <p className="muted">Members write the reviews here, one a film.</p>
          <p className="actions">
            <Link href={signInPath(`${url}#write-review`)} className="button">
              Sign in to review
            </Link>
            <Link href="/signup">Become a member</Link>
          </p>
        </>
      )}
    </div>
  )
}
