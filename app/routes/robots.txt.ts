import type { LoaderArgs } from 'hotclub'
import { siteUrl } from '../lib/site.server.ts'

export function GET({ url }: LoaderArgs<'/robots.txt'>) {
  const sitemap = new URL(siteUrl('/sitemap.xml'), url).href
  return new Response(`User-agent: *\nDisallow: /theme$\n\nSitemap: ${sitemap}\n`, {
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=3600' },
  })
}
