import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startOidcProvider, type TestProvider } from '../../../../test/oidc-provider.ts'
import { setLogger } from '../../core/log.ts'
import { beginOidc, finishOidc, type OidcEnd, type OidcPending } from './flow.ts'
import { oidcProvider, type OidcProvider } from './provider.ts'

let server: TestProvider
let provider: OidcProvider
const lines: string[] = []

beforeAll(async () => {
  server = await startOidcProvider()
})
afterAll(() => server.stop())
beforeEach(() => {
  lines.length = 0
  const write = (fields: object, message: string): void => void lines.push(JSON.stringify(fields) + message)
  setLogger({ debug: write, info: write, warn: write, error: write })
  server.account = { sub: 'alice-1', email: 'Alice@Example.com', email_verified: true, name: 'Alice' }
  provider = providerOf(server)
})
afterEach(() => {
  setLogger(undefined)
  server.flaws = {}
  server.isTerse = false
})

/** A provider that nothing was asked of yet. */
function providerOf({ issuer, clientId, clientSecret }: TestProvider, change: object = {}): OidcProvider {
  return oidcProvider({ name: 'local', label: 'Local', issuer, clientId, clientSecret, ...change })
}

const errand = { redirectUri: 'https://matinee.example/login/with/local/callback', next: '/films' }

/** Goes to the provider, as a browser does, and gives the query it comes back with. */
async function visit(of = provider): Promise<{ pending: OidcPending; query: string }> {
  const begun = await beginOidc(of, errand)
  if (!begun.ok) throw new Error(begun.reason)
  const { headers } = await fetch(begun.url, { redirect: 'manual' })
  return { pending: begun.pending, query: new URL(headers.get('location')!).search }
}

async function signIn(): Promise<OidcEnd> {
  const { pending, query } = await visit()
  return await finishOidc(provider, pending, query)
}

const failed = { ok: false, reason: 'failed' }

/** What the log says of a sign-in that has to fail: a test that fails for another reason than its own tells nothing. */
async function refusal(end: Promise<OidcEnd> = signIn()): Promise<string> {
  expect(await end).toEqual(failed)
  return lines.pop() ?? ''
}

describe('signing in by a provider', () => {
  it('says who it is, with the address as it is kept here', async () => {
    expect(await signIn()).toEqual({
      ok: true,
      claims: { subject: 'alice-1', email: 'alice@example.com', isEmailVerified: true, name: 'Alice' },
    })
  })

  it('asks for the address where the token does not have it', async () => {
    server.isTerse = true

    expect(await signIn()).toMatchObject({ ok: true, claims: { email: 'alice@example.com', isEmailVerified: true } })
  })

  it('sends the secret in the header to a provider that does not name another way', async () => {
    server.flaws = { metadata: { token_endpoint_auth_methods_supported: undefined } }

    expect(await signIn()).toMatchObject({ ok: true })
  })

  it('takes an address for verified only where the provider says so', async () => {
    server.account = { sub: 'alice-1', email: 'alice@example.com' }
    const silent = await signIn()
    server.account = { sub: 'alice-1', email: 'alice@example.com', email_verified: 'true' }
    const inWords = await signIn()
    server.account = { sub: 'alice-1', email: 'no address', email_verified: true }
    const none = await signIn()

    expect(silent).toMatchObject({ claims: { email: 'alice@example.com', isEmailVerified: false } })
    expect(inWords).toMatchObject({ claims: { isEmailVerified: true } })
    expect(none).toMatchObject({ claims: { email: undefined, isEmailVerified: false } })
  })

  it('cuts a name that is too long, and takes out what would turn the text around it', async () => {
    server.account = { sub: 'alice-1', name: `\u202E${'a'.repeat(60)}\n${'b'.repeat(60)}` }

    expect(await signIn()).toMatchObject({ claims: { name: `${'a'.repeat(60)} ${'b'.repeat(19)}` } })
  })

  it('asks where the endpoints are once, for all who wait', async () => {
    server.requests.length = 0

    await Promise.all([visit(), visit(), visit()])

    expect(server.requests.filter((path) => path.startsWith('/.well-known'))).toHaveLength(1)
  })
})

describe('a provider in trouble', () => {
  it('is a result, and is asked again by whoever comes next', async () => {
    server.flaws = { isDown: true }
    const down = await beginOidc(provider, errand)
    server.flaws = {}
    const up = await beginOidc(provider, errand)

    expect(down).toEqual({ ok: false, reason: 'unavailable' })
    expect(up).toMatchObject({ ok: true })
  })

  it('is a result where nothing listens', async () => {
    const gone = await startOidcProvider()
    await gone.stop()

    expect(await beginOidc(providerOf(gone), errand)).toEqual({ ok: false, reason: 'unavailable' })
  })

  it('is a result when it goes down on the way', async () => {
    const { pending, query } = await visit()
    server.flaws = { isDown: true }

    expect(await finishOidc(provider, pending, query)).toEqual({ ok: false, reason: 'unavailable' })
  })

  it('is told apart from a visitor who has thought better of it, of whom nothing is logged', async () => {
    server.flaws = { answer: { code: undefined, error: 'access_denied' } }
    const denied = await signIn()
    server.flaws = { answer: { code: undefined, error: 'temporarily_unavailable' } }
    const busy = await signIn()

    expect(denied).toEqual({ ok: false, reason: 'denied' })
    expect(busy).toEqual({ ok: false, reason: 'unavailable' })
    expect(lines).toHaveLength(1)
  })

  it('says what is wrong to the log, without codes and tokens', async () => {
    const { pending, query } = await visit(providerOf(server, { clientSecret: 'wrong' }))
    provider = providerOf(server, { clientSecret: 'wrong' })

    expect(await finishOidc(provider, pending, query)).toEqual(failed)
    expect(lines.join('')).toContain('invalid_client')
    expect(lines.join('')).not.toContain(new URLSearchParams(query).get('code'))
  })
})

describe('an attack by way of a provider', () => {
  it('fails with a token for another nonce, or without one', async () => {
    server.flaws = { claims: { nonce: 'other' } }
    expect(await refusal()).toMatch(/nonce.*claim/)
    server.flaws = { claims: { nonce: undefined } }
    expect(await refusal()).toMatch(/nonce.*missing/)
  })

  it('fails with a token of another issuer', async () => {
    server.flaws = { claims: { iss: 'https://accounts.example' } }
    expect(await refusal()).toMatch(/issuer/)
  })

  it('fails with a token for another site', async () => {
    server.flaws = { claims: { aud: 'another site' } }
    expect(await refusal()).toMatch(/audience/)
    server.flaws = { claims: { aud: [server.clientId, 'another site'], azp: 'another site' } }
    expect(await refusal()).toMatch(/azp/)
  })

  it('fails with a token that is over, or whose time has not come', async () => {
    const now = Math.floor(Date.now() / 1_000)
    server.flaws = { claims: { exp: now - 120 } }
    expect(await refusal()).toMatch(/expiration/)
    server.flaws = { claims: { nbf: now + 120 } }
    expect(await refusal()).toMatch(/not before/)
  })

  it('fails with a token that nobody signed', async () => {
    server.flaws = { signature: 'none' }
    expect(await refusal()).toMatch(/alg.*header/)
    // Even where the provider says that this is how it does it.
    server.flaws = { signature: 'none', metadata: { id_token_signing_alg_values_supported: ['none', 'RS256'] } }
    provider = providerOf(server)
    expect(await refusal()).toMatch(/unsupported JWS/)
    server.flaws = { signature: 'missing' }
    expect(await refusal()).toMatch(/signature/)
  })

  it('fails with a token signed by a key that is not the provider’s', async () => {
    server.flaws = { signature: 'other key' }
    expect(await refusal()).toMatch(/signature verification failed/)
    server.flaws = { signature: 'client secret', metadata: { id_token_signing_alg_values_supported: ['HS256', 'RS256'] } }
    provider = providerOf(server)
    expect(await refusal()).toMatch(/unsupported JWS/)
  })

  it('fails without a subject, or with one that could be anybody', async () => {
    server.flaws = { claims: { sub: undefined } as never }
    expect(await refusal()).toMatch(/sub.*missing/)
    server.flaws = { claims: { sub: '' } }
    expect(await refusal()).toMatch(/sub/)
    server.flaws = { claims: { sub: 'a'.repeat(256) } }
    expect(await refusal()).toMatch(/subject/)
  })

  it('fails with another state, or none', async () => {
    server.flaws = { answer: { state: 'other' } }
    expect(await refusal()).toMatch(/unexpected.*state/)
    server.flaws = { answer: { state: undefined } }
    expect(await refusal()).toMatch(/state.*missing/)
  })

  it('fails with an answer that was another visitor’s', async () => {
    const { pending } = await visit()
    const { query } = await visit()

    expect(await refusal(finishOidc(provider, pending, query))).toMatch(/unexpected.*state/)
  })

  it('fails with a code that was another visitor’s, under one’s own state', async () => {
    const { pending } = await visit()
    const stolen = new URLSearchParams((await visit()).query)
    stolen.set('state', pending.state)

    expect(await refusal(finishOidc(provider, pending, `?${stolen}`))).toMatch(/invalid_grant/)
    // Where the provider does not care for PKCE, the nonce is still not the visitor's.
    server.flaws = { isCareless: true }
    expect(await refusal(finishOidc(provider, pending, `?${stolen}`))).toMatch(/nonce/)
  })

  it('fails with a code that was used', async () => {
    const { pending, query } = await visit()

    expect(await finishOidc(provider, pending, query)).toMatchObject({ ok: true })
    expect(await refusal(finishOidc(provider, pending, query))).toMatch(/invalid_grant/)
  })

  it('fails where the answer does not say whose it is, or says another', async () => {
    server.flaws = { answer: { iss: undefined } }
    expect(await refusal()).toMatch(/iss.*missing/)
    server.flaws = { answer: { iss: 'https://accounts.example' } }
    expect(await refusal()).toMatch(/unexpected.*iss/)
  })

  it('fails with parameters that come twice', async () => {
    const { pending, query } = await visit()

    expect(await refusal(finishOidc(provider, pending, `${query}&state=${pending.state}`))).toMatch(/state/)
    expect(await refusal(finishOidc(provider, pending, `${query}&code=other`))).toMatch(/code/)
  })

  it('fails when one provider answers for another', async () => {
    const other = await startOidcProvider()
    try {
      const second = providerOf(other, { name: 'second' })
      const { pending, query } = await visit()
      other.requests.length = 0

      expect(await refusal(finishOidc(second, pending, query))).toMatch(/sent to/)
      expect(await refusal(finishOidc(second, { ...pending, provider: 'second' }, query))).toMatch(/iss/)
      // Nor has the code gone to where it must not.
      expect(other.requests).not.toContain('/token')
    } finally {
      await other.stop()
    }
  })

  it('fails with metadata that belongs to somebody else', async () => {
    server.flaws = { metadata: { issuer: 'https://accounts.example' } }

    expect(await beginOidc(provider, errand)).toEqual(failed)
  })

  it('sends no secret over http to another machine', async () => {
    server.flaws = { metadata: { token_endpoint: 'http://accounts.example/token' } }

    expect(await refusal()).toMatch(/by https alone/)
  })

  it('takes no claims of somebody else from the place where the rest is', async () => {
    server.isTerse = true
    server.flaws = { claims: { sub: 'mallory' } }

    expect(await refusal()).toMatch(/sub/)
  })

  it.each(['', '?', '?code', '?code=%00&state=%FF', '?error=__proto__', '?iss[]=&state[]=', '//other.example/?code=1'])(
    'fails with the query %j',
    async (query) => {
      const { pending } = await visit()

      expect(await refusal(finishOidc(provider, pending, query))).toMatch(/OAUTH_INVALID_RESPONSE/)
    },
  )
})

describe('oidcProvider', () => {
  const options = { name: 'google', label: 'Google', issuer: 'https://accounts.google.com', clientId: 'id', clientSecret: 'secret' }

  it('asks for openid, address and name, and believes no address', () => {
    expect(oidcProvider(options)).toEqual({ ...options, scope: 'openid email profile', trustEmail: false })
  })

  it.each(['Google', '', '../admin', 'a'.repeat(41), 'göögle'])('refuses the name %j', (name) => {
    expect(() => oidcProvider({ ...options, name })).toThrow(expect.objectContaining({ code: 'HC_AUTH' }))
  })

  it.each([
    'accounts.google.com',
    'http://accounts.google.com',
    'http://localhost.evil.example',
    'javascript:alert(1)',
    'https://accounts.google.com?a=1',
    'https://accounts.google.com/.well-known/openid-configuration',
  ])('refuses the issuer %j', (issuer) => {
    expect(() => oidcProvider({ ...options, issuer })).toThrow(expect.objectContaining({ code: 'HC_AUTH' }))
  })

  it.each([{ clientId: '' }, { clientSecret: '' }, { clientId: undefined as never }])('refuses a site without %j', (change) => {
    expect(() => oidcProvider({ ...options, ...change })).toThrow(expect.objectContaining({ code: 'HC_AUTH' }))
  })
})
