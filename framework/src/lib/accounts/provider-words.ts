import type { OidcFailure } from '../auth/oidc/failure.ts'
import type { IdentityRefusal } from '../auth/oidc/identities.ts'

/** What to tell a visitor whom a provider has not signed in. @param label What the provider is called */
export function providerWords(reason: OidcFailure | IdentityRefusal | 'linked', label: string): string {
  switch (reason) {
    case 'denied':
      return `You have not allowed ${label} to sign you in here.`
    case 'unavailable':
      return `${label} does not answer. Try again later, or sign in another way.`
    case 'failed':
      return 'That took too long, or did not begin in this browser. Try again.'
    case 'unknown':
      return `No account here is linked to this one at ${label}. Sign in another way, or create an account; then link them on the page of your account.`
    case 'taken':
      return `There is an account with your address already. Sign in to it, then link ${label} on the page of your account.`
    case 'closed':
      return 'There is no account of yours here, and at present nobody can create one.'
    case 'inactive':
      return 'Nobody can sign in to this account.'
    case 'linked':
      return `This account at ${label} signs in to another account here.`
  }
}
