/**
 * An OpenID Connect provider for tests, on a port of its own: whoever comes is let in at once. It checks what it is told to, and lies
 * where a test asks for it.
 */
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose'

/** What the provider does wrong, until it is told otherwise. */
export interface Flaws {
  /** Claims of the ID token that differ; `undefined` leaves one out. */
  claims?: JWTPayload
  /** How the ID token is signed, if not by the key that the provider publishes. */
  signature?: 'none' | 'missing' | 'other key' | 'client secret'
  /** Parameters that differ in what it sends the browser back with; `undefined` leaves one out. */
  answer?: Record<string, string | undefined>
  /** Metadata that differs. */
  metadata?: Record<string, unknown>
  /** Whether it answers with 503. */
  isDown?: boolean
  /** Whether it takes any code, however often, whoever it was made for. */
  isCareless?: boolean
}

export interface TestProvider {
  issuer: string
  clientId: string
  clientSecret: string
  /** Who signs in. */
  account: { sub: string; email?: string; email_verified?: boolean | string; name?: string }
  /** Whether the ID token holds no more than `sub`, so that the rest has to be asked for. */
  isTerse: boolean
  flaws: Flaws
  /** Paths of the requests so far. */
  requests: string[]
  stop(): Promise<void>
}

interface Grant {
  challenge: string
  nonce: string | undefined
  redirectUri: string
}

/** @param port Default: a free one */
export async function startOidcProvider(port = 0): Promise<TestProvider> {
  const key = await generateKeyPair('RS256')
  const otherKey = await generateKeyPair('RS256')
  const grants = new Map<string, Grant>()
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error))
    })
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const provider: TestProvider = {
    issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    clientId: 'matinee',
    clientSecret: 'the secret of the client',
    account: { sub: 'alice-1', email: 'alice@example.com', email_verified: true, name: 'Alice' },
    isTerse: false,
    flaws: {},
    requests: [],
    async stop() {
      server.close()
      server.closeAllConnections()
      if (server.listening) await once(server, 'close')
    },
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', provider.issuer)
    provider.requests.push(url.pathname)
    if (provider.flaws.isDown) return void response.writeHead(503).end()
    if (url.pathname === '/.well-known/openid-configuration') return send(response, 200, metadata())
    if (url.pathname === '/keys') return send(response, 200, { keys: [{ ...(await exportJWK(key.publicKey)), kid: 'one', alg: 'RS256' }] })
    if (url.pathname === '/authorize') return authorize(url, response)
    if (url.pathname === '/token') return await token(withClient(new URLSearchParams(await textOf(request)), request), response)
    if (url.pathname === '/userinfo') return send(response, 200, provider.account)
    response.writeHead(404).end()
  }

  const metadata = (): object => ({
    issuer: provider.issuer,
    authorization_endpoint: `${provider.issuer}/authorize`,
    token_endpoint: `${provider.issuer}/token`,
    userinfo_endpoint: `${provider.issuer}/userinfo`,
    jwks_uri: `${provider.issuer}/keys`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['client_secret_post'],
    authorization_response_iss_parameter_supported: true,
    ...provider.flaws.metadata,
  })

  function authorize({ searchParams: asked }: URL, response: ServerResponse): void {
    const redirectUri = asked.get('redirect_uri') ?? ''
    const isComplete =
      asked.get('client_id') === provider.clientId &&
      asked.get('response_type') === 'code' &&
      asked.get('code_challenge_method') === 'S256' &&
      asked.get('scope')?.split(' ').includes('openid') === true &&
      asked.has('state') &&
      asked.has('nonce')
    if (!isComplete) return send(response, 400, { error: 'invalid_request' })
    const code = randomBytes(16).toString('hex')
    grants.set(code, { challenge: asked.get('code_challenge') ?? '', nonce: asked.get('nonce') ?? undefined, redirectUri })
    const back = new URL(redirectUri)
    const sent = { code, state: asked.get('state') ?? '', iss: provider.issuer, ...provider.flaws.answer }
    for (const [name, value] of Object.entries(sent)) if (value !== undefined) back.searchParams.set(name, value)
    response.writeHead(302, { location: back.href }).end()
  }

  async function token(sent: URLSearchParams, response: ServerResponse): Promise<void> {
    if (sent.get('client_id') !== provider.clientId || sent.get('client_secret') !== provider.clientSecret)
      return send(response, 401, { error: 'invalid_client' })
    const code = sent.get('code') ?? ''
    const grant = grants.get(code)
    const challenge = createHash('sha256')
      .update(sent.get('code_verifier') ?? '')
      .digest('base64url')
    const isGood = grant !== undefined && grant.challenge === challenge && grant.redirectUri === sent.get('redirect_uri')
    if (!isGood && !provider.flaws.isCareless) return send(response, 400, { error: 'invalid_grant' })
    if (!provider.flaws.isCareless) grants.delete(code)
    send(response, 200, { access_token: 'access', token_type: 'Bearer', expires_in: 60, id_token: await idToken(grant?.nonce) })
  }

  async function idToken(nonce: string | undefined): Promise<string> {
    const { sub } = provider.account
    const now = Math.floor(Date.now() / 1_000)
    const claims: JWTPayload = {
      ...(provider.isTerse ? { sub } : provider.account),
      iss: provider.issuer,
      aud: provider.clientId,
      iat: now,
      exp: now + 60,
      ...(nonce === undefined ? {} : { nonce }),
      ...provider.flaws.claims,
    }
    const { signature } = provider.flaws
    if (signature === 'none') return `${encode({ alg: 'none' })}.${encode(claims)}.`
    if (signature === 'client secret')
      return await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(provider.clientSecret))
    const signed = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .sign((signature === 'other key' ? otherKey : key).privateKey)
    return signature === 'missing' ? signed.slice(0, signed.lastIndexOf('.') + 1) : signed
  }

  return provider
}

/** Takes the client from the header, where it is not in the body. */
function withClient(sent: URLSearchParams, { headers }: IncomingMessage): URLSearchParams {
  if (!headers.authorization?.startsWith('Basic ')) return sent
  const [id = '', secret = ''] = Buffer.from(headers.authorization.slice(6), 'base64').toString().split(':')
  for (const [name, value] of new URLSearchParams(`client_id=${id}&client_secret=${secret}`)) sent.set(name, value)
  return sent
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}
