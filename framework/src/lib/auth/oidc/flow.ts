/** The way to a provider and back: authorization code, PKCE, state and nonce. */
import { getLogger } from '../../core/log.ts'
import type { UserId } from '../../core/user.ts'
import { claimsOf, type OidcClaims } from './claims.ts'
import { discover } from './discovery.ts'
import { failureOf, type OidcFailure } from './failure.ts'
import type { OidcProvider } from './provider.ts'

/** What the browser is sent to a provider for. */
export interface OidcErrand {
  /** Where the provider sends it back to: an address of this very provider, so that no other can answer in its place. */
  redirectUri: string
  /** Where it goes on to in the end. */
  next: string
  /** Whose account the identity is to sign in to; left out to sign in with it. */
  linkTo?: UserId
}

/** What has to be known when the browser comes back. */
export interface OidcPending extends OidcErrand {
  provider: string
  state: string
  nonce: string
  verifier: string
}

/** Where to send the browser, and what to keep until it comes back. */
export type OidcBegin = { ok: true; url: URL; pending: OidcPending } | { ok: false; reason: OidcFailure }

/** Who came back. */
export type OidcEnd = { ok: true; claims: OidcClaims } | { ok: false; reason: OidcFailure }

/** Prepares the way to a provider. Never rejects: a provider that cannot be reached is a result. */
export async function beginOidc(provider: OidcProvider, errand: OidcErrand): Promise<OidcBegin> {
  try {
    const configuration = await discover(provider)
    const client = await import('openid-client')
    const pending: OidcPending = {
      ...errand,
      provider: provider.name,
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
    }
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: errand.redirectUri,
      scope: provider.scope,
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(pending.verifier),
      code_challenge_method: 'S256',
    })
    return { ok: true, url, pending }
  } catch (error) {
    return { ok: false, reason: report(provider, error) }
  }
}

/**
 * Reads what a provider sent the browser back with, and asks it who that is. Never rejects: what a provider, or whoever pretends to be one,
 * can do wrong is a result.
 *
 * @param query With its `?`, as the browser came
 */
export async function finishOidc(provider: OidcProvider, pending: OidcPending, query: string): Promise<OidcEnd> {
  try {
    if (pending.provider !== provider.name) throw new Error(`The browser was sent to '${pending.provider}'.`)
    const configuration = await discover(provider)
    const client = await import('openid-client')
    const answer = new URL(pending.redirectUri)
    answer.search = query
    const tokens = await client.authorizationCodeGrant(configuration, answer, {
      expectedState: pending.state,
      expectedNonce: pending.nonce,
      pkceCodeVerifier: pending.verifier,
      idTokenExpected: true,
    })
    const token = tokens.claims()!
    const { userinfo_endpoint: endpoint } = configuration.serverMetadata()
    if (token['email'] !== undefined || endpoint === undefined) return { ok: true, claims: claimsOf(token) }
    return { ok: true, claims: claimsOf(await client.fetchUserInfo(configuration, tokens.access_token, token.sub)) }
  } catch (error) {
    return { ok: false, reason: report(provider, error) }
  }
}

function report(provider: OidcProvider, error: unknown): OidcFailure {
  const { reason, detail } = failureOf(error)
  if (reason !== 'denied') getLogger().warn({ provider: provider.name, ...detail }, 'Nobody could be signed in by a provider.')
  return reason
}
