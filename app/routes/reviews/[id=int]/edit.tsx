import { href, notFound, redirect, type LoaderArgs, type ViewProps } from 'hotclub'
import { requirePermission, requireUser, signedIn } from 'hotclub/auth'
import { Link } from 'hotclub/client'
import { formAction } from 'hotclub/forms'
import { Breadcrumbs } from '../../../components/breadcrumbs.tsx'
import { DeleteReview } from '../../../components/delete-review.tsx'
import { ReviewForm } from '../../../components/review-form.tsx'
import { titleOf } from '../../../lib/films.ts'
import { deleteReview, reviewSchema } from '../../../lib/reviews.server.ts'

export async function loader(context: LoaderArgs<'/reviews/[id=int]/edit'>) {
  return { review: await readReview(context) }
}

/** A review that the member may change. One that they may not even see is none. */
async function readReview(context: LoaderArgs<'/reviews/[id=int]/edit'>) {
  const user = await requireUser(context)
  const review = await context.db.as(user).review.findUnique({
    where: { id: context.params.id },
    select: { id: true, stars: true, body: true, movie: { select: { slug: true, title: true } } },
  })
  if (!review) notFound('There is no such review.')
  await requirePermission(context, 'review.change', review)
  return review
}

export const actions = {
  save: formAction('/reviews/[id=int]/edit', {
    schema: reviewSchema,
    permission: signedIn,
    async handle(context) {
      const { data, user, db, messages } = context
      const { id, movie } = await readReview(context)
      const isModerator = user.can('review.moderate')
      // What was read and published is not what stands there now. The site says so, not the member: the policy lets none decide about it.
      await db.review.update({ where: { id }, data: { ...data, ...(!isModerator && { status: 'PENDING' }) } })
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
