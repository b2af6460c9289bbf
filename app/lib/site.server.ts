import settings from '../settings.ts'

/** The full address of a path, where `SITE_URL` is set; else the path, which browsers and crawlers resolve themselves. */
export function siteUrl(path: string): string {
  const base = settings.env.SITE_URL
  return base === undefined ? path : new URL(path, base).href
}

/** The part of `head` that names a page's one address and how it looks when shared. */
export function address(path: string, title: string, type = 'website') {
  return { canonical: siteUrl(path), og: { title, type, url: siteUrl(path) } }
}
