import { href, redirect, type LoaderArgs, type ViewProps } from 'hotclub'
import { formAction, modelForm, useForm } from 'hotclub/forms'
import { z } from 'zod'
import { picture } from '../lib/picture.ts'
import { address } from '../lib/site.server.ts'

export async function loader({ db }: LoaderArgs<'/suggest'>) {
  const genres = await db.genre.findMany({ orderBy: { name: 'asc' } })
  return { genres: genres.map(({ slug, name }) => ({ value: slug, label: name })) }
}

export const actions = {
  suggest: formAction('/suggest', {
    schema: modelForm('suggestion', { fields: ['title', 'year', 'why'] }).extend({
      genres: z.array(z.string()).min(1).meta({ widget: 'checkboxes' }),
      cast: z
        .array(modelForm('suggestedCast', { fields: ['name', 'role', 'isLead'] }))
        .min(1)
        .max(12)
        .meta({ description: 'Up to twelve people, the most important first.' }),
      poster: picture(500_000).optional(),
    }),
    // Without a script, the buttons of the cast send the form too.
    rateLimit: { max: 60, seconds: 60 },
    async handle({ data: { genres: slugs, poster, cast, ...data }, db, messages, invalid }) {
      const genres = await db.genre.findMany({ where: { slug: { in: slugs } }, select: { id: true } })
      if (genres.length < slugs.length) return invalid({ genres: 'Choose from the genres on this page.' })
      await db.suggestion.create({
        data: {
          ...data,
          ...(poster && { poster: poster.bytes, posterType: poster.type }),
          genres: { connect: genres },
          cast: { create: cast.map((person, index) => ({ ...person, place: index + 1 })) },
        },
      })
      messages.success(`Thank you. We will watch “${data.title}” and then decide.`)
      return redirect(href('/films'))
    },
  }),
}

export const head = () => ({
  title: 'Suggest a film',
  description: 'Which film is missing from Matinée, and why should we watch it?',
  ...address(href('/suggest'), 'Suggest a film'),
})

export default function Suggest({ data }: ViewProps<typeof loader>) {
  const { Form, Field, List, pending } = useForm<typeof actions.suggest>('suggest')
  return (
    <div className="page section-top form-page">
      <h1>Suggest a film</h1>
      <p className="lead">The archive ends in 2010 and has its gaps. Tell us what is missing; somebody here will watch it.</p>
      <Form className="form">
        <div className="form-row form-row-wide">
          <Field name="title" />
          <Field name="year" />
        </div>
        <Field name="why" />
        <Field name="genres" options={data.genres} />
        <List name="cast" add="Add a person" reorder>
          {(person) => (
            <>
              <div className="form-row">
                <person.Field name="name" />
                <person.Field name="role" />
              </div>
              <person.Field name="isLead" />
            </>
          )}
        </List>
        {/* Last: without a script the buttons above send the form, and no browser lets a page keep a chosen file. */}
        <Field name="poster" help="A PNG, JPEG or WebP picture." />
        <button className="button">{pending ? 'Sending …' : 'Send suggestion'}</button>
      </Form>
    </div>
  )
}
