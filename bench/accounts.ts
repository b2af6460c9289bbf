/**
 * What a session costs a request: nothing where it is not asked for, and what opening it and finding the user take.
 * Run with `node --conditions=hotclub-source bench/accounts.ts`.
 */
import { createAccountsLab } from '../framework/test/_accounts.ts'
import { defineAuth } from '../framework/src/lib/auth/config.ts'
import type { Context } from '../framework/src/lib/core/context.ts'
import { defineSettings } from '../framework/src/lib/core/settings.ts'
import { createTestApp } from '../framework/src/lib/testing/test-app.ts'

const COUNT = 1_500
const ROUNDS = 9

const lab = await createAccountsLab()

/** The same routes under another window, and the cookie of somebody signed in. */
async function open(window: number): Promise<{ fetch(path: string): Promise<unknown> }> {
  const app = await createTestApp({
    routes: {
      'plain.ts': { GET: () => new Response('plain') },
      'session.ts': { GET: async ({ session }: Context) => new Response(String((await session).userId)) },
      'user.ts': { GET: async ({ user }: Context) => new Response((await user)?.email) },
    },
    db: lab.db as never,
    auth: defineAuth({ siteName: 'Bench' }),
    settings: defineSettings({}, () => ({ secrets: ['a secret of the bench, for nothing else'], session: { window } })),
  })
  const client = app.client()
  await client.logIn(await lab.createUser())
  const cookie = `session=${client.cookies.get('session')}`
  return { fetch: (path) => app.fetch(new Request(`http://localhost${path}`, { headers: { cookie } })) }
}

const [remembered, asked] = [await open(3_600), await open(0)]
const parts: Record<string, () => Promise<unknown>> = {
  'a request that asks for nothing': () => remembered.fetch('/plain'),
  'one that opens the session, within the window': () => remembered.fetch('/session'),
  'one that opens it, asking the database': () => asked.fetch('/session'),
  'one that finds the user, within the window': () => remembered.fetch('/user'),
  'one that finds the user, asking the database for all': () => asked.fetch('/user'),
}
const times = Object.fromEntries(Object.keys(parts).map((name) => [name, [] as number[]]))
for (let round = 0; round < ROUNDS; round++)
  for (const [name, part] of Object.entries(parts)) {
    const start = performance.now()
    for (let count = 0; count < COUNT; count++) await part()
    times[name]!.push(((performance.now() - start) / COUNT) * 1_000)
  }
await lab.remove()

console.log(`Medians of ${ROUNDS} interleaved rounds, microseconds a request, and what it is above the first`)
const base = median(Object.values(times)[0]!)
for (const [name, all] of Object.entries(times))
  console.log(`  ${name.padEnd(54)} ${median(all).toFixed(1).padStart(7)} ${(median(all) - base).toFixed(1).padStart(7)}`)

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!
}
