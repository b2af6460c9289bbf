import { redirect, safeNext, type LoaderArgs } from 'hotclub'
import { rateLimit } from 'hotclub/middleware'

export const middleware = [rateLimit({ max: 60, seconds: 60 })]

/** Remembers the theme for a year and goes back to where the visitor was; `auto` follows the system again. */
export async function POST({ request, url, cookies }: LoaderArgs<'/theme'>) {
  const theme = (await request.formData()).get('theme')
  if (theme === 'light' || theme === 'dark') cookies.set('theme', theme, { maxAge: 31_536_000 })
  else cookies.delete('theme')
  return redirect(cameFrom(request.headers.get('referer'), url), 303)
}

/** The page before this one, if it is ours. */
function cameFrom(referer: string | null, here: URL): string {
  if (referer === null || !URL.canParse(referer)) return '/'
  const { host, pathname, search } = new URL(referer)
  return host === here.host ? safeNext(pathname + search) : '/'
}
