/** Where the pages of accounts are. An app replaces a page by a route of the same path. */

/** The login page, which goes on to where the visitor wanted to be. @param next A path of this site */
export function loginPath(next?: string): string {
  return next === undefined ? '/login' : `/login?next=${encodeURIComponent(next)}`
}
