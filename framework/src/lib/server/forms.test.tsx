import type { ReactNode } from 'react'
import { describe, expect, it } from 'vitest'
import { z, type ZodObject, type ZodType } from 'zod'
import { contextKey } from '../core/context.ts'
import { notFound } from '../core/results.ts'
import { type AnyRouteContext, formAction } from '../forms/form-action.ts'
import { useForm } from '../forms/use-form.tsx'
import { createTestApp } from '../testing/test-app.ts'

/** Who asks: in a header, to keep sessions out of it. */
const isEditor = ({ request }: AnyRouteContext): boolean => request.headers.get('x-role') === 'editor'
const plain: ZodObject<Record<string, ZodType>> = z.object({ title: z.string().min(3) })
const full = plain.extend({ isFeatured: z.boolean() })
const saved = contextKey<object[]>('saved')

const save = formAction({
  schema: (context): ZodObject<Record<string, ZodType>> => {
    if (context.params['id'] === 404) notFound()
    return isEditor(context) ? full : plain
  },
  handle(context) {
    context.get(saved).push(context.data)
    return { saved: true }
  },
})

function Page(): ReactNode {
  const { Form, Field } = useForm<typeof save>('save')
  return (
    <Form>
      <Field name="title" />
    </Form>
  )
}

async function createForms() {
  const rows: object[] = []
  const app = await createTestApp({
    routes: { '[id=int].tsx': { actions: { save }, default: Page } },
    middleware: [
      async (context, next) => {
        context.set(saved, rows)
        return await next()
      },
    ],
  })
  const send = (fields: Record<string, string>, role: string, id = 1): Promise<Response> =>
    app.request(`/${id}`, { method: 'POST', body: new URLSearchParams({ _action: 'save', ...fields }), headers: { 'x-role': role } })
  return { app, rows, send }
}

describe('a schema that is made for the request', () => {
  it('has the fields of whoever asks, and takes no others', async () => {
    const { app, rows, send } = await createForms()
    const page = async (role: string): Promise<string> => await (await app.request('/1', { headers: { 'x-role': role } })).text()
    expect(await page('editor')).toContain('isFeatured')
    expect(await page('reader')).not.toContain('isFeatured')

    expect((await send({ title: 'Alien', isFeatured: 'on' }, 'editor')).status).toBe(200)
    const refused = await send({ title: 'Alien', isFeatured: 'on' }, 'reader')
    expect(rows).toEqual([{ title: 'Alien', isFeatured: true }])
    expect(refused.status).toBe(422)
  })

  it('keeps what was typed where something is wrong', async () => {
    const { rows, send } = await createForms()
    const response = await send({ title: 'No' }, 'reader')
    expect([response.status, rows]).toEqual([422, []])
    expect(await response.text()).toMatch(/value="No"[^]*At least 3 characters/)
  })

  it('ends the request as a loader may', async () => {
    const { app, send } = await createForms()
    expect((await app.request('/404')).status).toBe(404)
    expect((await send({ title: 'Alien' }, 'reader', 404)).status).toBe(404)
  })

  it('is read by tests through the page', async () => {
    const { app, rows } = await createForms()
    expect(await app.submit('/1', 'save', { title: 'Aliens' })).toMatchObject({ status: 200, actionData: { saved: true } })
    expect(rows).toEqual([{ title: 'Aliens' }])
  })
})
