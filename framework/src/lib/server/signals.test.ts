import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { definePolicy } from '../auth/policies/policy.ts'
import type { Context } from '../core/context.ts'
import { HttpError } from '../core/results.ts'
import { createTestDatabase, type TestDatabase } from '../db/_test-databases.ts'
import { setSchema } from '../schema/registry.ts'
import { on } from '../signals/receiver.ts'
import { createTestApp } from '../testing/test-app.ts'

interface Client {
  note: { create(args: object): Promise<{ id: number }>; count(): Promise<number> }
  $disconnect(): Promise<void>
}

let database: TestDatabase<Client>

beforeAll(async () => {
  database = await createTestDatabase(`
model Note {
  id   Int    @id @default(autoincrement())
  text String
}`)
  setSchema(database.metadata)
})
afterEach(() => setSchema(database.metadata))
afterAll(async () => {
  setSchema(undefined)
  await database.remove()
})

const routes = {
  'notes.ts': {
    async POST({ db, request }: Context) {
      const { id } = await db.as(null).note.create({ data: { text: await request.text() } })
      return { id }
    },
  },
  'broken.ts': {
    GET() {
      throw new Error('out of order')
    },
  },
}
const policies = [definePolicy('note', { read: true, create: true })]
const post = (text: string): RequestInit => ({ method: 'POST', body: text })

describe('receivers of an app', () => {
  it('are told of rows that requests write, also of those written for a user', async () => {
    const told: string[] = []
    const db = database.open()
    const signals = [
      on('note', 'created', ({ row }) => void told.push(row.text)),
      on(
        'note',
        'created',
        ({ data }) => {
          if (data.text === '') throw new HttpError(422, 'Write something.')
        },
        { when: 'before' },
      ),
    ]
    const app = await createTestApp({ routes, policies, signals, db })
    expect((await app.request('/notes', post('hello'))).status).toBe(200)
    expect((await app.request('/notes', post(''))).status).toBe(422)
    expect(told).toEqual(['hello'])
    expect(await db.note.count()).toBe(1)
    expect(app.errors).toEqual([])
  })

  it('are told of requests', async () => {
    const told: unknown[] = []
    const signals = [
      on('request', 'started', ({ context }) => void told.push(`started ${context.pathname}`)),
      on('request', 'finished', ({ context, status, duration }) => void told.push(`finished ${context.pathname} ${status}`, duration >= 0)),
      on('request', 'failed', ({ error }) => void told.push(error)),
    ]
    const app = await createTestApp({ routes, policies, signals, db: database.open() })
    await app.request('/broken')
    expect(told).toEqual(['started /broken', new Error('out of order'), 'finished /broken 500', true])
    expect(app.errors).toHaveLength(1)
  })

  it('have to be of a model that there is, and need a client that can tell them', async () => {
    const signals = [on('nota', 'created', () => {})]
    await expect(createTestApp({ routes, signals, db: database.open() })).rejects.toThrow(/no model 'nota'/)
    setSchema(undefined)
    await expect(createTestApp({ routes, signals })).rejects.toThrow(expect.objectContaining({ code: 'HC_CLIENT' }))
  })
})
