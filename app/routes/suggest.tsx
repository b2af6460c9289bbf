import { redirect, type LoaderArgs, type ViewProps } from 'hotclub'
import { formAction, modelForm, useForm } from 'hotclub/forms'
import { z } from 'zod'
import { pictureType } from '../lib/picture.server.ts'
import { address } from '../lib/site.server.ts'

export async function loader({ db }: LoaderArgs<'/suggest'>) {
  return { genres: await db.genre.findMany({ select: { id: true, name: true }, orderBy: { name: 'asc' } }) }
}

export const actions = {
  suggest: formAction({
    schema: modelForm('suggestion', { fields: ['title', 'year', 'why'] }).extend({
      genres: z.array(z.int()).max(5, 'At most five genres.').meta({ widget: 'checkboxes' }),
      poster: z
        .file()
        .max(500_000)
        .mime(['image/png', 'image/jpeg', 'image/webp'])
        .optional()
        .meta({ description: 'A picture of it, if you have one: PNG, JPEG or WebP.' }),
      cast: z
        .array(modelForm('suggestedCast', { fields: ['name', 'role', 'isLead'] }))
        .min(1)
        .max(12)
        .meta({ description: 'From the top of the bill.' }),
    }),
    rateLimit: { max: 5, seconds: 600 },
    async handle({ data: { genres, poster, cast, ...film }, db, messages, invalid }) {
      const picture = poster && new Uint8Array(await poster.arrayBuffer())
      const posterType = picture && pictureType(picture)
      if (picture && !posterType) return invalid({ poster: 'This file is no picture, whatever its name says.' })
      await db.suggestion.create({
        data: {
          ...film,
          poster: picture ?? null,
          posterType: posterType ?? null,
          genres: { connect: genres.map((id) => ({ id })) },
          cast: { create: cast.map((member, index) => ({ ...member, place: index + 1 })) },
        },
      })
      messages.success(`Thank you. We will see whether we can find ${film.title}.`)
      return redirect('/suggest')
    },
  }),
}

export const head = () => ({
  title: 'Suggest a film',
  description: 'Is a film missing from the archive? Tell us which, and why.',
  ...address('/suggest', 'Suggest a film'),
})

export default function Suggest({ data }: ViewProps<typeof loader>) {
  const { Form, Field, List, pending } = useForm<typeof actions.suggest>('suggest')
  return (
    <div className="page section-top form-page">
      <h1>Suggest a film</h1>
      <p className="lead">Is one missing from the archive? Tell us which, and why an afternoon would be well spent on it.</p>
      <Form className="form">
        <div className="form-row">
          <Field name="title" />
          <Field name="year" />
        </div>
        <Field name="genres" options={data.genres.map(({ id, name }) => ({ value: id, label: name }))} />
        <Field name="why" />
        <Field name="poster" />
        <List name="cast" label="Cast" reorder add="Add a cast member">
          {(member) => (
            <div className="form-row">
              <member.Field name="name" />
              <member.Field name="role" />
              <member.Field name="isLead" label="Leading role" />
            </div>
          )}
        </List>
        <button className="button" disabled={pending}>
          {pending ? 'Sending …' : 'Send the suggestion'}
        </button>
      </Form>
    </div>
  )
}
