/** Where the pages of accounts are. An app replaces a page by a route of the same path. */

/** The login page, which goes on to where the visitor wanted to be. @param next A path of this site */
export function loginPath(next?: string): string {
  return withNext('/login', next)
}

/** The page that asks for the code of a second factor. @param next A path of this site */
export function codePath(next?: string): string {
  return withNext('/login/code', next)
}

/** The page that asks somebody who is signed in to prove it once more. @param next A path of this site */
export function confirmPath(next?: string): string {
  return withNext('/account/confirm', next)
}

/** The page of a provider, which sends the visitor to it. @param next A path of this site */
export function providerPath(name: string, next?: string): string {
  return withNext(`/login/with/${name}`, next)
}

function withNext(path: string, next: string | undefined): string {
  return next === undefined ? path : `${path}?next=${encodeURIComponent(next)}`
}
