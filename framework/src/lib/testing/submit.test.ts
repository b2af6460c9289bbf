import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { redirect } from '../core/results.ts'
import { formAction } from '../forms/form-action.ts'
import { createTestApp } from './test-app.ts'

const schema = z.object({
  name: z.string().min(2),
  born: z.date(),
  tags: z.array(z.enum(['a', 'b'])),
  cast: z.array(z.object({ isLead: z.boolean() })),
  file: z.file().optional(),
})
const got: unknown[] = []
const actions = {
  save: formAction({
    schema,
    handle({ data, messages }) {
      got.push(data)
      messages.success('Saved.')
      return data.name === 'stay' ? { big: 10n } : redirect('/next')
    },
  }),
}
const values = { name: 'Ada', born: new Date('1815-12-10T00:00:00Z'), tags: ['a', 'b'], cast: [{ isLead: true }, { isLead: false }] }

describe('submit', () => {
  it('sends values of every kind as the form would', async () => {
    const app = await createTestApp({ routes: { 'people/[id=int].tsx': { default: () => null, actions } } })
    const file = new File(['x'], 'x.txt')
    got.length = 0

    expect(await app.submit('/people/7?a=1', 'save', { ...values, file })).toMatchObject({ status: 303, location: '/next', errors: {} })
    expect(got).toEqual([{ ...values, file: expect.any(File) }])
  })

  it('gives what is wrong, what the action gave, and what the visitor is told', async () => {
    const app = await createTestApp({ routes: { 'index.tsx': { default: () => null, actions } } })

    expect(await app.submit('/', 'save', { ...values, name: '', born: 'never', isAdmin: true })).toMatchObject({
      status: 422,
      errors: { name: ['Fill this in.'], born: ['Enter a date and a time.'] },
      formErrors: [`This form has no field 'isAdmin'.`],
      messages: [],
    })
    expect(await app.submit('/', 'save', { ...values, name: 'stay' })).toMatchObject({
      status: 200,
      actionData: { big: 10n },
      messages: [{ level: 'success', text: 'Saved.' }],
    })
  })
})
