import { href, redirect, type Db, type LoaderArgs, type ViewProps } from 'hotclub'
import { signedIn } from 'hotclub/auth'
import { Link } from 'hotclub/client'
import { formAction, modelForm, useForm } from 'hotclub/forms'
import { z } from 'zod'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { titleOf } from '../../lib/films.ts'

export const permission = signedIn

/** The slug of the first film on it. */
export const search = z.object({ film: z.string().max(120).optional().catch(undefined) })

export async function loader({ db, search }: LoaderArgs<'/lists/new'>) {
  return { film: await findFilm(db, search.film) }
}

async function findFilm(db: Db, slug: string | undefined) {
  return slug === undefined ? null : await db.movie.findUnique({ where: { slug }, select: { id: true, title: true } })
}

export const actions = {
  create: formAction('/lists/new', {
    schema: modelForm('watchList', { fields: ['title', 'description', 'isPublic'] }),
    permission: signedIn,
    rateLimit: { max: 30, seconds: 60 },
    async handle({ data, search, db, user, messages }) {
      const film = await findFilm(db, search.film)
      const { id } = await db.as(user).watchList.create({
        data: { ...data, ownerId: user.id, ...(film && { items: { create: { movieId: film.id, place: 1 } } }) },
        select: { id: true },
      })
      messages.success(film ? `“${data.title}” begins with “${titleOf(film)}”.` : `“${data.title}” is there. Now it wants films.`)
      return redirect(href('/lists/[id=int]', { id }))
    },
  }),
}

export const head = () => ({ title: 'New list', robots: 'noindex' })

export default function NewList({ data: { film } }: ViewProps<typeof loader>) {
  const { Form, Field, pending } = useForm<typeof actions.create>('create')
  return (
    <div className="page section-top form-page">
      <header>
        <Breadcrumbs>
          <Link to="/lists">Watch lists</Link>
        </Breadcrumbs>
        <h1>New list</h1>
      </header>
      <p className="lead">
        {film ? `“${titleOf(film)}” is the first film on it.` : 'Give it a name; films are added from their own pages.'} It stays yours
        alone until you make it public.
      </p>
      <Form className="form">
        <Field name="title" />
        <Field name="description" rows={3} />
        <Field name="isPublic" />
        <button className="button">{pending ? 'Making it …' : 'Make the list'}</button>
      </Form>
    </div>
  )
}
