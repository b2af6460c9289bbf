/** What can be done with a review, on whichever page it stands. */
import { href, HttpError, notFound, redirect } from 'hotclub'
import { signedIn } from 'hotclub/auth'
import { formAction, modelForm } from 'hotclub/forms'
import { z } from 'zod'
import { titleOf } from './films.ts'
import { authorOf } from './members.ts'

/** What a member writes. */
export const reviewSchema = modelForm('review', { fields: ['stars', 'body'] })

const gone = 'This review is not there any more.'

/** Takes a review away: its author's, or, for a moderator, anybody's. */
export const deleteReview = formAction({
  schema: z.object({ id: z.int() }),
  permission: signedIn,
  async handle({ data: { id }, user, db, messages }) {
    const reviews = db.as(user).review
    const review = (await reviews.findUnique({ where: { id }, select: { movie: { select: { slug: true } } } })) ?? notFound(gone)
    const { count } = await reviews.deleteMany({ where: { id } })
    if (count === 0) throw new HttpError(403, 'This review is somebody else’s.')
    messages.success('The review has been deleted.')
    return redirect(href('/films/[slug]', { slug: review.movie.slug }, { hash: 'reviews' }))
  },
})

/** Says whether everybody may read a review. */
export const moderateReview = formAction({
  schema: z.object({ id: z.int(), status: z.enum(['PUBLISHED', 'REJECTED']) }),
  permission: 'review.moderate',
  async handle({ data: { id, status }, user, db, messages, pathname }) {
    const [review] = await db.as(user).review.updateManyAndReturn({
      where: { id },
      data: { status },
      select: { author: true, user: { select: { name: true } }, movie: { select: { title: true } } },
    })
    if (!review) notFound(gone)
    messages.success(`${status === 'PUBLISHED' ? 'Published' : 'Rejected'}: ${authorOf(review)} on “${titleOf(review.movie)}”.`)
    // What was decided about is gone from its place: whoever goes on by keyboard goes on with the next.
    return redirect(`${pathname}#reviews`)
  },
})
