/** What can be done with watch lists, and what is read of them, on more than one page. */
import { href, notFound, redirect } from 'hotclub'
import { signedIn } from 'hotclub/auth'
import { formAction } from 'hotclub/forms'
import { z } from 'zod'

/** Films that a list holds at most. */
export const MAX_FILMS = 100

/** Puts a film at the end of one of the member's lists; a film that is on it stays where it is. */
export const addToList = formAction({
  schema: z.object({
    listId: z.int().meta({ title: 'Add to a list' }),
    movieId: z.int().meta({ widget: 'hidden' }),
  }),
  permission: signedIn,
  async handle({ data: { listId, movieId }, user, db, messages, invalid }) {
    const lists = db.as(user).watchList
    const list = await lists.findFirst({
      where: { id: listId, ownerId: user.id },
      select: { title: true, _count: { select: { items: true } }, items: { orderBy: { place: 'desc' }, take: 1, select: { place: true } } },
    })
    if (!list) return invalid({ listId: 'Choose one of your lists.' })
    if (list._count.items >= MAX_FILMS) return invalid({ listId: `“${list.title}” is full: a list holds ${MAX_FILMS} films.` })
    const place = (list.items[0]?.place ?? 0) + 1
    await lists.update({
      where: { id: listId },
      data: {
        updatedAt: new Date(),
        items: { upsert: { where: { listId_movieId: { listId, movieId } }, create: { movieId, place }, update: {} } },
      },
    })
    messages.success(`It is on “${list.title}”.`)
  },
})

/** Takes one of the member's lists away, with everything on it. */
export const deleteList = formAction({
  schema: z.object({ id: z.int() }),
  permission: signedIn,
  async handle({ data: { id }, user, db, messages }) {
    const { count } = await db.as(user).watchList.deleteMany({ where: { id } })
    if (count === 0) notFound('There is no such list of yours.')
    messages.success('The list has been deleted.')
    return redirect(href('/account/lists'))
  },
})
