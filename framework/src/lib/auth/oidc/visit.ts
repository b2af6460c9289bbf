/** A browser's trip to a provider, and what is kept of it meanwhile. */
import type { Context } from '../../core/context.ts'
import type { UserId } from '../../core/user.ts'
import { authService } from '../config.ts'
import { providerPath } from '../paths.ts'
import { keepPending, pendingKey, takePending } from '../pending.ts'
import type { OidcClaims } from './claims.ts'
import type { OidcFailure } from './failure.ts'
import { beginOidc, finishOidc, type OidcPending } from './flow.ts'
import type { OidcProvider } from './provider.ts'

const pending = pendingKey<OidcPending>('provider')

/** The provider of that name; `undefined` where the app has none. */
export function providerNamed(context: Context, name: string): OidcProvider | undefined {
  return context.service(authService).providers.find((provider) => provider.name === name)
}

/**
 * Prepares a trip to a provider.
 *
 * @param errand.next Where the browser goes when it is back
 * @param errand.linkTo Whose account the one at the provider is to sign in to; left out to sign in
 * @returns Where to send the browser, or why there is no way
 */
export async function leaveFor(
  context: Context,
  provider: OidcProvider,
  errand: { next: string; linkTo?: UserId },
): Promise<URL | OidcFailure> {
  const redirectUri = `${context.url.origin}${providerPath(provider.name)}/callback`
  const begun = await beginOidc(provider, { ...errand, redirectUri })
  if (!begun.ok) return begun.reason
  await keepPending(context, pending, begun.pending)
  return begun.url
}

/** Who is back, and what for. A trip that did not begin in this browser, or has ended before, comes to nothing. */
export async function returnFrom(context: Context, provider: OidcProvider): Promise<(OidcPending & { claims: OidcClaims }) | OidcFailure> {
  const begun = await takePending(context, pending)
  if (!begun) return 'failed'
  const end = await finishOidc(provider, begun, context.query)
  return end.ok ? { ...begun, claims: end.claims } : end.reason
}
