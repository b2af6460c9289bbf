import { href, HttpError, notFound, redirect, type Db, type LoaderArgs, type ViewProps } from 'hotclub'
import { requireUser, signedIn, type User } from 'hotclub/auth'
import { Link } from 'hotclub/client'
import { formAction } from 'hotclub/forms'
import { Breadcrumbs } from '../../../components/breadcrumbs.tsx'
import { DeleteReview } from '../../../components/delete-review.tsx'
import { ReviewForm } from '../../../components/review-form.tsx'
import { titleOf } from '../../../lib/films.ts'
import { deleteReview, reviewSchema } from '../../../lib/reviews.server.ts'

export async function loader(context: LoaderArgs<'/reviews/[id=int]/edit'>) {
  return { review: await readReview(context.db, await requireUser(context), context.params.id) }
}

/** A review that the member may change: one of their own, or anybody's for a moderator. */
async function readReview(db: Db, user: User, id: number) {
  const review = await db.review.findFirst({
    where: { id, ...(!user.can('review.moderate') && { OR: [{ status: 'PUBLISHED' }, { userId: user.id }] }) },
    select: { id: true, userId: true, stars: true, body: true, status: true, movie: { select: { slug: true, title: true } } },
  })
  if (!review) notFound('There is no such review.')
  if (review.userId !== user.id && !user.can('review.moderate')) throw new HttpError(403, 'This review is somebody else’s.')
  return review
}

export const actions = {
  save: formAction('/reviews/[id=int]/edit', {
    schema: reviewSchema,
    permission: signedIn,
    async handle({ data, params, db, user, messages }) {
      const { movie } = await readReview(db, user, params.id)
      const isModerator = user.can('review.moderate')
      // What was read and published is not what stands there now.
      await db.review.update({ where: { id: params.id }, data: { ...data, ...(!isModerator && { status: 'PENDING' }) } })
      messages.success(isModerator ? 'Saved.' : 'Saved. It appears for everybody once one of us has read it.')
      return redirect(href('/films/[slug]', { slug: movie.slug }))
    },
  }),
  remove: deleteReview,
}

export const head = ({ data: { review } }: ViewProps<typeof loader>) => ({
  title: `Edit the review of ${titleOf(review.movie)}`,
  robots: 'noindex',
})

export default function EditReview({ data: { review } }: ViewProps<typeof loader>) {
  const film = titleOf(review.movie)
  return (
    <div className="page section-top form-page">
      <header>
        <Breadcrumbs>
          <Link to="/films/[slug]" params={{ slug: review.movie.slug }}>
            {film}
          </Link>
        </Breadcrumbs>
        <h1 id="edit-review">Edit the review</h1>
      </header>
      <div className="review-form">
        <ReviewForm action="save" values={review} send="Save review" sending="Saving …" labelledBy="edit-review" />
      </div>
      <DeleteReview id={review.id} />
    </div>
  )
}
