import { email as emailSchema } from '../../forms/text-formats.ts'
import { normalizeEmail } from '../users.ts'

/** Who a provider says somebody is. */
export interface OidcClaims {
  /** Their name at the provider, which never becomes anybody else's. */
  subject: string
  /** `undefined` when the provider keeps it to itself, or it is none. */
  email: string | undefined
  /** Whether the provider says that the address is theirs. */
  isEmailVerified: boolean
  /** Empty without one. */
  name: string
}

/** Longest subject that is allowed (OpenID Connect Core 1.0, section 2). */
const longestSubject = 255
const longestEmail = 254
const longestName = 80

/** Reads claims, of which none but the subject has to be as it should. */
export function claimsOf(said: Readonly<Record<string, unknown>>): OidcClaims {
  const { sub, email, email_verified, name } = said
  if (typeof sub !== 'string' || sub === '' || sub.length > longestSubject) throw new Error('The provider gives no subject.')
  const address = emailSchema().max(longestEmail).safeParse(email)
  return {
    subject: sub,
    email: address.success ? normalizeEmail(address.data) : undefined,
    // Some send it as text.
    isEmailVerified: address.success && (email_verified === true || email_verified === 'true'),
    name: typeof name === 'string' ? plainName(name) : '',
  }
}

/** In one line, no longer than there is room for, and without what turns the direction of the text around it. */
function plainName(name: string): string {
  return Array.from(name.replace(/[\p{Cc}\s\u202A-\u202E\u2066-\u2069]+/gu, ' ').trim())
    .slice(0, longestName)
    .join('')
}
