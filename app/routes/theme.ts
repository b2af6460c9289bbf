import type { LoaderArgs } from 'hotclub'

/** Remembers the theme for a year and goes back to where the visitor was; `auto` follows the system again. */
export async function POST({ request, url }: LoaderArgs<'/theme'>) {
  const theme = (await request.formData()).get('theme')
  const remembered = theme === 'light' || theme === 'dark' ? theme : undefined
  return new Response(null, {
    status: 303,
    headers: {
      location: cameFrom(request.headers.get('referer'), url),
      'set-cookie': `theme=${remembered ?? ''}; Path=/; Max-Age=${remembered ? 31_536_000 : 0}; SameSite=Lax; HttpOnly`,
    },
  })
}

/** The page before this one, if it is ours. */
function cameFrom(referer: string | null, here: URL): string {
  if (referer === null || !URL.canParse(referer)) return '/'
  const { host, pathname, search } = new URL(referer)
  return host === here.host && !pathname.startsWith('//') ? pathname + search : '/'
}
