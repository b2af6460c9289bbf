import { HotclubError } from '../../core/hotclub-error.ts'
import { isLoopback } from '../../http/host.ts'

/** Somebody who knows accounts, and tells sites whose they are: Google, a company's own directory. */
export interface OidcProviderOptions {
  /** Stands in URLs and beside every account that came by it, so it cannot change: `google`. */
  name: string
  /** What people call it: `Google`. */
  label: string
  /** As its documentation has it: `https://accounts.google.com`. Only on this machine may it be `http`. */
  issuer: string
  /** What the provider has given to the site. Its redirect URI there is `https://site/login/with/<name>/callback`. */
  clientId: string
  clientSecret: string
  /** What is asked for (default: `openid email profile`). */
  scope?: string
  /**
   * Whether an address that the provider calls verified is as good as one verified by mail: it signs in to the account that has that address,
   * and new accounts need no mail. Only for providers of whom you know that they check addresses (default: `false`).
   */
  trustEmail?: boolean
}

/** Complete: what {@link oidcProvider} gives. */
export type OidcProvider = Readonly<Required<OidcProviderOptions>>

/**
 * Describes a provider, for `providers` of `defineAuth`.
 *
 * @throws {HotclubError} `HC_AUTH` when its name cannot stand in a URL, its issuer is not reached by https, or a secret is missing
 */
export function oidcProvider(options: OidcProviderOptions): OidcProvider {
  const { name, issuer, clientId, clientSecret } = options
  const where = `oidcProvider('${name}')`
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(name))
    throw new HotclubError('HC_AUTH', {
      where,
      message: `The name '${name}' cannot stand in a URL.`,
      hint: 'Use small letters, digits and hyphens: google, my-company.',
    })
  if (!isIssuer(issuer))
    throw new HotclubError('HC_AUTH', {
      where,
      message: `'${issuer}' is no issuer.`,
      hint: 'It is an https address without query, and without /.well-known/: https://accounts.google.com.',
    })
  // Where the environment lacks them, types do not always say so.
  if (!clientId || !clientSecret)
    throw new HotclubError('HC_AUTH', {
      where,
      message: `It has no ${clientId ? 'clientSecret' : 'clientId'}.`,
      hint: 'The provider gives both to a site that is registered with it. Leave it out of providers where the environment has none.',
    })
  return { scope: 'openid email profile', trustEmail: false, ...options }
}

function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  return isSafeEndpoint(url) && url.search === '' && url.hash === '' && !url.pathname.includes('/.well-known/')
}

/** Whether a secret may be sent there: by https, or without leaving the machine. */
export function isSafeEndpoint({ protocol, host }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(host))
}
