import type { Configuration, CustomFetch } from 'openid-client'
import { isSafeEndpoint, type OidcProvider } from './provider.ts'

/** Seconds that a provider may take for an answer. */
const timeout = 10

/** Milliseconds until it is asked again where its endpoints are. Its keys are asked for as they change. */
const lifetime = 24 * 60 * 60 * 1_000

interface Found {
  configuration: Promise<Configuration>
  at: number
}

const found = new WeakMap<OidcProvider, Found>()

/**
 * What a provider says of itself, asked once for all who wait. Rejects while it cannot be reached and never was; who comes later asks again.
 */
export async function discover(provider: OidcProvider): Promise<Configuration> {
  const known = found.get(provider)
  if (known && Date.now() - known.at < lifetime) return await known.configuration
  const configuration = ask(provider).catch((error: unknown) => {
    // What was good yesterday is better than nobody signing in.
    if (known) return known.configuration
    found.delete(provider)
    throw error
  })
  found.set(provider, { configuration, at: Date.now() })
  return await configuration
}

async function ask({ issuer, clientId, clientSecret }: OidcProvider): Promise<Configuration> {
  const client = await import('openid-client')
  const isLocal = issuer.startsWith('http:')
  return await client.discovery(
    new URL(issuer),
    clientId,
    undefined,
    (server, ...rest) => {
      // Without a list it is the header (OpenID Connect Discovery 1.0, section 3); where both will do, the body has no rules of encoding.
      const inBody = server.token_endpoint_auth_methods_supported?.includes('client_secret_post') === true
      return (inBody ? client.ClientSecretPost : client.ClientSecretBasic)(clientSecret)(server, ...rest)
    },
    {
      timeout,
      [client.customFetch]: safeFetch,
      // Signatures of ID tokens are checked, though they come straight from the provider.
      execute: [client.enableNonRepudiationChecks, ...(isLocal ? [client.allowInsecureRequests] : [])],
    },
  )
}

/** Where http is allowed at all, it stays on this machine. */
const safeFetch: CustomFetch = async (url, options) => {
  if (!isSafeEndpoint(new URL(url))) throw new TypeError(`${new URL(url).origin} is asked by https alone.`)
  return await fetch(url, options as RequestInit)
}
