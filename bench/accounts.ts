/**
 * What a session costs a request: nothing where it is not asked for, and what opening it and finding the user take.
 * Run with `node --conditions=hotclub-source bench/accounts.ts`.
 */
import { defineAuth } from '../framework/src/lib/auth/config.ts'
import { logIn } from '../framework/src/lib/auth/log-in.ts'
import { openCache } from '../framework/src/lib/cache/open-cache.ts'
import { defineSettings } from '../framework/src/lib/core/settings.ts'
import { createKeys } from '../framework/src/lib/http/keys.ts'
import { createSecurityHeaders } from '../framework/src/lib/http/security-headers.ts'
import { ServerContext, type Site } from '../framework/src/lib/server/context.ts'
import { createServices } from '../framework/src/lib/server/services.ts'
import { createAccountsLab } from '../framework/test/_accounts.ts'

const COUNT = 1_500
const ROUNDS = 9

const lab = await createAccountsLab()
const keys = createKeys(['a secret of the bench, for nothing else'])

/** A site whose processes believe what they have read for so many seconds. */
function siteWith(window: number): Site {
  const settings = defineSettings({}, () => ({ session: { window } }))
  const auth = defineAuth({ siteName: 'Bench' })
  const services = createServices({ settings, auth } as Parameters<typeof createServices>[0], lab.db, keys, openCache(settings.cache).cache)
  return { settings, keys, services, headers: createSecurityHeaders(settings.security, []) }
}

function contextOf(site: Site, cookie = ''): ServerContext {
  const request = new Request('http://localhost/', { headers: { cookie } })
  const place = { origin: 'http://localhost', pathname: '/', query: '', isData: false, requestId: 'id' }
  return new ServerContext({ request, ...place, db: lab.db as never }, site)
}

/** The cookie of somebody signed in. */
async function signIn(site: Site): Promise<string> {
  const context = contextOf(site)
  await logIn(context, await lab.createUser())
  return `session=${context.cookies.peek('session')}`
}

const [remembered, asked] = [siteWith(3_600), siteWith(0)]
const cookie = await signIn(remembered)
const parts: Record<string, () => unknown> = {
  'a context that is asked for nothing': () => contextOf(remembered, cookie),
  'one that opens the session, within the window': () => contextOf(remembered, cookie).session,
  'one that opens it, asking the database': () => contextOf(asked, cookie).session,
  'one that finds the user, within the window': () => contextOf(remembered, cookie).user,
  'one that finds the user, asking the database for all': () => contextOf(asked, cookie).user,
}
const times = Object.fromEntries(Object.keys(parts).map((name) => [name, [] as number[]]))
for (let round = 0; round < ROUNDS; round++)
  for (const [name, part] of Object.entries(parts)) {
    const start = performance.now()
    for (let count = 0; count < COUNT; count++) await part()
    times[name]!.push(((performance.now() - start) / COUNT) * 1_000)
  }
await lab.remove()

console.log(`Medians of ${ROUNDS} interleaved rounds, microseconds, and what it is above the first`)
const base = median(Object.values(times)[0]!)
for (const [name, all] of Object.entries(times))
  console.log(`  ${name.padEnd(54)} ${median(all).toFixed(1).padStart(7)} ${(median(all) - base).toFixed(1).padStart(7)}`)

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!
}
