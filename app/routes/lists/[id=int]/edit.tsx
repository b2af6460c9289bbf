import { href, notFound, redirect, type LoaderArgs, type ViewProps } from 'hotclub'
import { requireUser, signedIn } from 'hotclub/auth'
import { Link } from 'hotclub/client'
import { formAction, Input, modelForm, useForm, type WidgetProps } from 'hotclub/forms'
import { z } from 'zod'
import { Breadcrumbs } from '../../../components/breadcrumbs.tsx'
import { ConfirmDelete } from '../../../components/confirm-delete.tsx'
import { titleOf, yearOf } from '../../../lib/films.ts'
import { formatPlural } from '../../../lib/format.ts'
import { deleteList, MAX_FILMS } from '../../../lib/lists.server.ts'

export async function loader(context: LoaderArgs<'/lists/[id=int]/edit'>) {
  const user = await requireUser(context)
  const list = await context.db.as(user).watchList.findFirst({
    where: { id: context.params.id, ownerId: user.id },
    select: {
      id: true,
      title: true,
      description: true,
      isPublic: true,
      updatedAt: true,
      items: {
        orderBy: { place: 'asc' },
        select: { note: true, movie: { select: { id: true, title: true, released: true } } },
      },
    },
  })
  if (!list) notFound('There is no such list.')
  return { list }
}

export const actions = {
  save: formAction('/lists/[id=int]/edit', {
    schema: modelForm('watchList', { fields: ['title', 'description', 'isPublic'] }).extend({
      items: z
        .array(modelForm('watchListItem', { fields: ['movieId', 'note'] }))
        .max(MAX_FILMS)
        .meta({ title: 'Films' }),
      /** When the list was last changed before it was opened here. */
      seen: z.int().meta({ widget: 'hidden' }),
    }),
    permission: signedIn,
    async handle({ data: { items, seen, ...data }, params: { id }, db, user, messages, invalid }) {
      const isSaved = await db.as(user).$transaction(async (tx) => {
        // A film that was added meanwhile, from its own page, would go unseen.
        const { count } = await tx.watchList.updateMany({ where: { id, updatedAt: new Date(seen) }, data })
        if (count === 0) return false
        await tx.watchListItem.deleteMany({ where: { listId: id } })
        await tx.watchListItem.createMany({ data: items.map((item, index) => ({ ...item, listId: id, place: index + 1 })) })
        return true
      })
      if (!isSaved) return invalid({ '': 'The list has changed since you opened it here. Load the page again to see how it is now.' })
      messages.success('Saved.')
      return redirect(href('/lists/[id=int]', { id }))
    },
  }),
  remove: deleteList,
}

export const head = ({ data: { list } }: ViewProps<typeof loader>) => ({ title: `Edit ${list.title}`, robots: 'noindex' })

export default function EditList({ data: { list } }: ViewProps<typeof loader>) {
  const items = list.items.map(({ movie, note }) => ({ movieId: movie.id, note }))
  const { Form, Field, List, pending } = useForm<typeof actions.save>('save', {
    values: { ...list, items, seen: list.updatedAt.getTime() },
  })
  const films = list.items.map(({ movie }) => ({ value: movie.id, label: [titleOf(movie), yearOf(movie)].filter(Boolean).join(', ') }))
  return (
    <div className="page section-top form-page">
      <header>
        <Breadcrumbs>
          <Link to="/lists/[id=int]" params={{ id: list.id }}>
            {list.title}
          </Link>
        </Breadcrumbs>
        <h1>Edit the list</h1>
      </header>
      <Form className="form">
        <Field name="title" />
        <Field name="description" rows={3} />
        <Field name="isPublic" />
        <List name="items" label="Film" reorder add={false}>
          {(item) => (
            <>
              <item.Field name="movieId" as={ChosenFilm} options={films}>
                <Input />
              </item.Field>
              <item.Field name="note" />
            </>
          )}
        </List>
        <Field name="seen" />
        <button className="button">{pending ? 'Saving …' : 'Save list'}</button>
      </Form>
      <ConfirmDelete
        action="remove"
        id={list.id}
        label="Delete list"
        question={`The list goes for good, with its ${formatPlural(list.items.length, 'film')} and your notes.`}
      />
    </div>
  )
}

/** Which film an item of the list is; it can be moved, but not become another one. */
function ChosenFilm({ field, choices, input }: WidgetProps) {
  const [value] = field.values
  return (
    <>
      <input type="hidden" name={input.name} value={value} />
      <div className="chosen-film">{choices.find((choice) => choice.value === value)?.label}</div>
    </>
  )
}
