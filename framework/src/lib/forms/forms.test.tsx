/** Forms through the front door: a request in, a page out. */
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { ViewProps } from '../core/args.ts'
import { redirect } from '../core/results.ts'
import { createTestApp, type TestApp, type TestAppOptions } from '../testing/test-app.ts'
import { formAction } from './form-action.ts'
import { useForm } from './use-form.tsx'

const handled: unknown[] = []

const actions = {
  review: formAction({
    schema: z.object({
      stars: z.int().min(1).max(5),
      body: z.string().trim().min(3).max(400).meta({ description: 'A few words will do.' }),
      secret: z.string().min(4).optional().meta({ widget: 'password' }),
      isPublic: z.boolean().default(true),
      cast: z.array(z.object({ role: z.string().min(1), isLead: z.boolean() })).max(3),
    }),
    handle({ data, invalid }) {
      if (data.body === 'spam') return invalid({ body: 'No spam, please.', '': 'Not today.' })
      if (data.body === 'boom') throw new Error('boom')
      handled.push(data)
      return data.body === 'stay' ? { thanks: data.stars } : redirect('/thanks')
    },
  }),
  remove: formAction({ schema: z.object({}), permission: ({ search }) => search.may === 'yes', handle: () => redirect('/') }),
}

function Review({ actionData }: ViewProps<'/', typeof actions>) {
  const { Form, Field, List } = useForm<typeof actions.review>('review', { values: { body: 'Dear' } })
  const remove = useForm<typeof actions.remove>('remove', { id: 7 })
  return (
    <main>
      <p id="thanks">{actionData?.thanks}</p>
      <Form className="review">
        <Field name="stars" />
        <Field name="body" />
        <Field name="secret" />
        <Field name="isPublic" />
        <List name="cast" reorder>
          {(item) => (
            <>
              <item.Field name="role" />
              <item.Field name="isLead" />
            </>
          )}
        </List>
        <button>Send</button>
      </Form>
      <remove.Form>
        <button>Remove</button>
      </remove.Form>
    </main>
  )
}

const options: TestAppOptions = {
  routes: { 'index.tsx': { default: Review, actions, search: z.object({ may: z.string().optional() }) } },
}

async function post(
  app: TestApp,
  fields: Array<[string, string | File]>,
  path = '/',
  headers: Record<string, string> = {},
): Promise<Response> {
  const hasFile = fields.some(([, value]) => typeof value !== 'string')
  const form = new FormData()
  for (const [name, value] of fields) form.append(name, value)
  const body = hasFile ? form : new URLSearchParams(fields as Array<[string, string]>)
  return await app.request(path, { method: 'POST', body, headers: { 'sec-fetch-site': 'same-origin', ...headers } })
}

/** The tag of the field with a name. */
function tagOf(html: string, name: string): string {
  return (
    new RegExp(`<(?:input|textarea|select)[^>]*name="${name.replaceAll(/[[\].]/g, '\\$&')}"[^>]*>(?:[^<]*</textarea>)?`).exec(html)?.[0] ??
    `no ${name}`
  )
}

const whole: Array<[string, string]> = [
  ['_action', 'review'],
  ['stars', '4'],
  ['body', 'Good film'],
  ['isPublic', 'on'],
  ['cast[0].role', 'Thief'],
  ['cast[0].isLead', 'on'],
  ['cast[1]', ''],
  ['cast[1].role', 'Cook'],
]

describe('a form', () => {
  it('shows its fields with label, help, constraints and values', async () => {
    const app = await createTestApp(options)
    const html = await (await app.request('/')).text()

    expect(html).toMatch(/<form class="review" data-form="" method="post">/)
    expect(html).toContain('<input type="hidden" name="_action" value="review"/>')
    expect(tagOf(html, 'stars')).toMatch(/type="number".* required="" min="1" max="5" inputMode="numeric"/)
    expect(html).toMatch(/<label class="field-label" for="([^"]+)">Stars<\/label><input type="number" id="\1"/)
    expect(tagOf(html, 'body')).toMatch(/<textarea.* required="" minLength="3" .*aria-describedby="([^"]+)">Dear<\/textarea>/)
    expect(html).toMatch(/<p class="field-help" id="[^"]+-body-help">A few words will do.<\/p>/)
    expect(tagOf(html, 'isPublic')).toMatch(/type="checkbox".* checked=""/)
    expect(html).toContain('Secret<span class="field-optional"> (optional)</span>')
    expect(html).not.toContain('form-summary')
    expect(app.errors).toEqual([])
  })

  it('hands checked values to its action and redirects', async () => {
    const app = await createTestApp(options)
    handled.length = 0
    const response = await post(app, whole)

    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe('/thanks')
    expect(handled).toEqual([
      {
        stars: 4,
        body: 'Good film',
        isPublic: true,
        cast: [
          { role: 'Thief', isLead: true },
          { role: 'Cook', isLead: false },
        ],
      },
    ])
  })

  it('comes back with 422, what was typed, and words beside the fields', async () => {
    const app = await createTestApp(options)
    handled.length = 0
    const response = await post(app, [
      ['_action', 'review'],
      ['stars', '9'],
      ['body', 'x'],
      ['secret', 'abc'],
      ['cast[0].role', ''],
    ])
    const html = await response.text()

    expect(response.status).toBe(422)
    expect(handled).toEqual([])
    expect(tagOf(html, 'stars')).toMatch(/aria-invalid="true".* value="9"/)
    expect(html).toMatch(/<p class="field-error" id="([^"]+)-stars-error">At most 5.<\/p>/)
    expect(tagOf(html, 'stars')).toMatch(/aria-describedby="[^"]+-stars-error"/)
    expect(tagOf(html, 'body')).toMatch(/>x<\/textarea>/)
    expect(html).toContain('At least 3 characters.')
    expect(html).not.toContain('class="field-help"')
    // Passwords are not sent back, and an unticked box stays unticked.
    expect(tagOf(html, 'secret')).not.toContain('value')
    expect(tagOf(html, 'isPublic')).not.toContain('checked')
    expect(html).toMatch(/<div class="form-summary" role="alert" tabindex="-1" autofocus=""><p>4 fields need your attention:/i)
    expect(html).toMatch(/<a href="#[^"]+-cast-0-role">Cast 1, role<\/a>: Fill this in\./)
  })

  it('refuses what its action refuses, on the field and on the whole', async () => {
    const app = await createTestApp(options)
    const html = await (
      await post(
        app,
        whole.map(([name, value]) => [name, name === 'body' ? 'spam' : value]),
      )
    ).text()

    expect(html).toContain('<p>Not today.</p>')
    expect(html).toContain('No spam, please.')
    expect(tagOf(html, 'cast[1].role')).toContain('value="Cook"')
  })

  it('gives what its action returns to the view', async () => {
    const app = await createTestApp(options)
    const html = await (
      await post(
        app,
        whole.map(([name, value]) => [name, name === 'body' ? 'stay' : value]),
      )
    ).text()

    expect(html).toContain('<p id="thanks">4</p>')
  })

  it('refuses fields that its schema does not have', async () => {
    const app = await createTestApp(options)
    handled.length = 0
    for (const name of ['isAdmin', '__proto__.isAdmin', 'cast[0].__proto__.x', 'constructor.prototype.x', 'cast[0].id']) {
      const response = await post(app, [...whole, [name, '1']])
      expect(response.status, name).toBe(422)
      expect(await response.text()).toContain('This form has no field')
    }
    expect(handled).toEqual([])
    expect(Object.keys(Object.prototype)).toEqual([])
  })

  it('escapes what was typed, wherever it is shown again', async () => {
    const app = await createTestApp(options)
    const attack = `"><script>alert(1)</script></textarea><img src=x onerror=alert(1)>`
    const html = await (
      await post(app, [
        ['_action', 'review'],
        ['stars', attack],
        ['body', attack],
        ['cast[0].role', attack],
        [attack, attack],
        ['_form', attack],
      ])
    ).text()

    expect(html).not.toContain('<script>alert')
    expect(html).not.toContain('<img src=x')
  })

  it('does not take a file for a text, nor many values for one', async () => {
    const app = await createTestApp(options)
    const withFile = await (await post(app, [...whole.filter(([name]) => name !== 'body'), ['body', new File(['x'], 'x.txt')]])).text()
    const twice = await (await post(app, [...whole, ['body', 'again']])).text()

    expect(withFile).toContain('A file does not belong here.')
    expect(twice).toContain('This came more than once.')
  })

  it('tells who may not send it 403, before anything is read', async () => {
    const app = await createTestApp(options)

    expect((await post(app, [['_action', 'remove']])).status).toBe(403)
    expect((await post(app, [['_action', 'remove']], '/?may=yes')).status).toBe(303)
  })

  it('leaves an unexpected error to the error view', async () => {
    const app = await createTestApp(options)
    const response = await post(
      app,
      whole.map(([name, value]) => [name, name === 'body' ? 'boom' : value]),
    )

    expect(response.status).toBe(500)
    expect(app.errors.map(({ error }) => String(error))).toEqual(['Error: boom'])
  })

  it('travels in a data request as it does in a page', async () => {
    const app = await createTestApp(options)
    const response = await post(app, [['_action', 'review']], '/_hotclub/data/')
    const payload = (await response.json()) as { status: number; form: { form: string; errors: object } }

    expect(payload.status).toBe(422)
    expect(payload.form).toMatchObject({ form: 'review', errors: { stars: ['Enter a number.'], body: ['Fill this in.'] } })
  })
})

describe('a browser that does not say where a form comes from', () => {
  const ask = (app: TestApp, init?: RequestInit): Promise<Response> => app.fetch(new Request('http://localhost/', init))

  it('gets a token with the form, and is refused without it', async () => {
    const app = await createTestApp(options)
    const page = await ask(app)
    const html = await page.text()
    const token = /name="_csrf" value="([^"]+)"/.exec(html)?.[1]
    expect(html.match(/name="_csrf"/g)).toHaveLength(html.match(/<form/g)!.length)
    const cookie = page.headers.getSetCookie()[0]!.split(';', 1)[0]!
    const send = (fields: Array<[string, string]>, headers: Record<string, string>): Promise<Response> =>
      ask(app, { method: 'POST', body: new URLSearchParams([...whole, ...fields]), headers })

    expect((await send([['_csrf', token!]], { cookie })).status).toBe(303)
    expect((await send([], { cookie })).status).toBe(403)
    expect((await send([['_csrf', token!]], {})).status).toBe(403)
    expect((await send([['_csrf', token!]], { cookie, origin: 'https://evil.example' })).status).toBe(403)
  })

  it('is the only one: a page for others holds no token, so that it may be the same for all', async () => {
    const app = await createTestApp(options)
    const page = await app.request('/')

    expect(await page.text()).not.toContain('_csrf')
    expect(page.headers.getSetCookie()).toEqual([])
  })
})

describe('checks that ask somebody, or look at several fields', () => {
  it('are made on the server, with their words beside the field they name', async () => {
    const taken = new Set(['ada'])
    const schema = z
      .object({
        name: z.string().refine(async (name) => !(await Promise.resolve(taken)).has(name), 'This name is taken.'),
        from: z.iso.date(),
        to: z.iso.date(),
      })
      .refine(({ from, to }) => from <= to, { message: 'This is before the beginning.', path: ['to'] })
    const book = { book: formAction({ schema, handle: () => redirect('/') }) }
    const app = await createTestApp({ routes: { 'book.tsx': { default: () => null, actions: book } } })

    expect((await app.submit('/book', 'book', { name: 'ada', from: '2026-05-02', to: '2026-05-01' })).errors).toEqual({
      name: ['This name is taken.'],
      to: ['This is before the beginning.'],
    })
    expect((await app.submit('/book', 'book', { name: 'bob', from: '2026-05-02', to: '2026-05-01' })).errors).toEqual({
      to: ['This is before the beginning.'],
    })
    expect((await app.submit('/book', 'book', { name: 'bob', from: '2026-05-01', to: '2026-05-02' })).status).toBe(303)
  })
})

describe('a form with a rate limit', () => {
  it('lets no more through than it says, keeps what was typed and says how long to wait', async () => {
    const limited = {
      ask: formAction({ schema: z.object({ text: z.string() }), rateLimit: { max: 2, seconds: 60 }, handle: () => redirect('/') }),
    }
    const View = () => {
      const { Form, Field } = useForm<typeof limited.ask>('ask')
      return (
        <Form>
          <Field name="text" />
        </Form>
      )
    }
    const app = await createTestApp({ routes: { 'limited.tsx': { default: View, actions: limited } } })
    const send = (): Promise<Response> =>
      post(
        app,
        [
          ['_action', 'ask'],
          ['text', 'mine'],
        ],
        '/limited',
      )

    // At once: the third is too many, whichever it is.
    const responses = await Promise.all([send(), send(), send()])
    expect(responses.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 303, 429])
    const refused = responses.find(({ status }) => status === 429)!
    const html = await refused.text()

    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50)
    expect(html).toMatch(/Too many attempts\. Try again in \d+ seconds\./)
    expect(tagOf(html, 'text')).toContain('value="mine"')
  })
})

describe('several forms of one action', () => {
  it('are told apart: only the one that was sent shows what is wrong', async () => {
    const save = { save: formAction({ schema: z.object({ name: z.string().min(1) }), handle: () => undefined }) }
    function Row({ id }: { id: number }) {
      const { Form, Field, invalid } = useForm<typeof save.save>('save', { id, values: { name: `n${id}` } })
      return (
        <Form>
          <Field name="name" />
          <b>{invalid ? `bad ${id}` : `fine ${id}`}</b>
        </Form>
      )
    }
    const View = () => [1, 2].map((id) => <Row key={id} id={id} />)
    const app = await createTestApp({ routes: { 'index.tsx': { default: View, actions: save } } })
    const html = await (
      await post(app, [
        ['_action', 'save'],
        ['_form', '2'],
        ['name', ''],
      ])
    ).text()

    expect(html).toContain('fine 1')
    expect(html).toContain('bad 2')
    expect(html).toContain('value="n1"')
    expect(new Set(html.match(/id="[^"]+-name"/g))).toHaveProperty('size', 2)
  })
})

describe('choices that come with the page', () => {
  const vote = {
    vote: formAction({
      schema: z.object({
        stars: z.int().min(1).max(5).meta({ widget: 'radio' }),
        genres: z.array(z.string().max(8)).min(1).meta({ widget: 'checkboxes' }),
        extras: z.array(z.object({ name: z.string() })).min(1),
      }),
      handle: ({ data }) => void handled.push(data),
    }),
  }
  const genres = ['drama', 'comedy'].map((value) => ({ value, label: value.toUpperCase() }))
  function Vote() {
    const { Form, Field } = useForm<typeof vote.vote>('vote')
    return (
      <Form>
        <Field name="stars" options={[1, 2, 3].map((value) => ({ value, label: String(value) }))} />
        <Field name="genres" options={genres} />
      </Form>
    )
  }

  it('are ticked again, and what is wrong with one of them is said of the field, once', async () => {
    const app = await createTestApp({ routes: { 'index.tsx': { default: Vote, actions: vote } } })
    const html = await (
      await post(app, [
        ['_action', 'vote'],
        ['stars', '2'],
        ['genres', 'comedy'],
        ['genres', 'far too long'],
        ['genres', 'much too long'],
      ])
    ).text()

    expect(html).toMatch(/<input type="radio" required="" name="stars" checked="" value="2"\/>/)
    expect(html).toMatch(/<input type="checkbox" aria-invalid="true" name="genres" checked="" value="comedy"\/> <!-- -->COMEDY/)
    expect(html).toMatch(/<p class="field-error" id="[^"]+-genres-error">At most 8 characters.<\/p>/)
    expect(html).toMatch(/<a href="#[^"]+-genres">Genres<\/a>: At most 8 characters\./)
    expect(html).toMatch(/Extras<\/a>: Add at least one\./)
  })

  it('are asked for as choices, whatever their type', async () => {
    const app = await createTestApp({ routes: { 'index.tsx': { default: Vote, actions: vote } } })
    const html = await (await post(app, [['_action', 'vote']])).text()

    expect(html).toMatch(/<p class="field-error" id="[^"]+-stars-error">Choose one.<\/p>/)
  })

  it('are handed over in the type of the schema', async () => {
    const app = await createTestApp({ routes: { 'index.tsx': { default: Vote, actions: vote } } })
    handled.length = 0
    await post(app, [
      ['_action', 'vote'],
      ['stars', '2'],
      ['genres', 'drama'],
      ['genres', 'comedy'],
      ['extras[0].name', 'x'],
    ])

    expect(handled).toEqual([{ stars: 2, genres: ['drama', 'comedy'], extras: [{ name: 'x' }] }])
  })
})

describe('the buttons of a list, without a script', () => {
  const list = (html: string): string[] => [...html.matchAll(/name="cast\[\d+\]\.role"[^>]*value="([^"]*)"/g)].map((match) => match[1]!)
  const press = async (button: string): Promise<{ html: string; status: number }> => {
    const app = await createTestApp(options)
    const response = await post(app, [
      ...whole.slice(0, -1),
      ['cast[1].role', 'Cook'],
      ['cast[4].role', 'Maid'],
      ['stars2', 'kept out'],
      ['_list', button],
    ])
    return { html: await response.text(), status: response.status }
  }

  it('add, remove and move items, keep the rest, and check nothing', async () => {
    handled.length = 0
    const { html, status } = await press('add:cast')
    expect(status).toBe(200)
    expect(list(html)).toEqual(['Thief', 'Cook', 'Maid', ''])
    expect(tagOf(html, 'stars')).toContain('value="4"')
    expect(html).not.toContain('form-summary')
    expect(list((await press('remove:cast:1')).html)).toEqual(['Thief', 'Maid'])
    expect(list((await press('up:cast:4')).html)).toEqual(['Thief', 'Maid', 'Cook'])
    expect(list((await press('down:cast:0')).html)).toEqual(['Cook', 'Thief', 'Maid'])
    expect(list((await press('down:cast:4')).html)).toEqual(['Thief', 'Cook', 'Maid'])
    expect(list((await press('remove:cast:99')).html)).toEqual(['Thief', 'Cook', 'Maid'])
    expect(handled).toEqual([])
  })

  it('are refused for what is no list of the form', async () => {
    for (const button of ['add:stars', 'add:nothing', 'add:__proto__', 'explode:cast', 'remove:cast:-1', 'remove:cast:1e9'])
      expect((await press(button)).status, button).toBe(400)
  })

  it('send the form nowhere by the Enter key: its first button does that', async () => {
    const app = await createTestApp(options)
    const html = await (await app.request('/')).text()

    expect(/<button[^>]*>/.exec(html.slice(html.indexOf('<form')))![0]).toBe(
      '<button type="submit" hidden="" tabindex="-1" aria-hidden="true">',
    )
  })
})

describe('mistakes of a view', () => {
  it('name the form, the field and what there is', async () => {
    const report = async (View: () => unknown): Promise<unknown> => {
      const app = await createTestApp({ routes: { 'index.tsx': { default: View as never, actions } } })
      await app.request('/')
      return app.errors[0]?.error
    }
    const WrongForm = () => {
      const { Form } = useForm<typeof actions.review>('reviews')
      return <Form />
    }
    const WrongField = () => {
      const { Form, Field } = useForm<typeof actions.review>('review')
      return (
        <Form>
          <Field name={'star' as never} />
        </Form>
      )
    }

    expect(await report(WrongForm)).toMatchObject({
      code: 'HC_FORM_NAME',
      message: `This page has no form 'reviews'.`,
      hint: 'Its forms are review, remove.',
    })
    expect(await report(WrongField)).toMatchObject({ code: 'HC_FORM_NAME', where: `the form 'review'`, message: `It has no field 'star'.` })
  })
})
