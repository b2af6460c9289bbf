/** What is said of members in the same way everywhere. */

/** The name that a member goes by; an account may have none. Never the address: that is nobody's business. */
export function memberName({ name }: { name: string }): string {
  return name === '' ? 'A member' : name
}

/** Whoever wrote a review: a member, or the name that stands there without one. */
export function authorOf({ user, author }: { user: { name: string } | null; author: string | null }): string {
  return user ? memberName(user) : (author ?? 'A visitor')
}

/** The page to sign in on, which leads back. @param next Path and query of this site, with or without a hash */
export function signInPath(next: string): string {
  return `/login?next=${encodeURIComponent(next)}`
}
