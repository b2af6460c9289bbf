import { href, type LoaderArgs } from 'hotclub'
import { decades } from '../lib/films.ts'
import { isoDate } from '../lib/format.ts'
import { siteUrl } from '../lib/site.server.ts'

/** Every page that is not a search. One file may hold 50,000 addresses; the limits keep it below. */
export async function GET({ db, url }: LoaderArgs<'/sitemap.xml'>) {
  const select = { slug: true, updatedAt: true } as const
  const [films, people, distributors, lists] = await Promise.all([
    db.movie.findMany({ select, orderBy: { id: 'asc' }, take: 40_000 }),
    db.person.findMany({ select, orderBy: { id: 'asc' }, take: 5_000 }),
    db.distributor.findMany({ select, orderBy: { id: 'asc' }, take: 2_000 }),
    // As nobody in particular: only what is public.
    db
      .as(null)
      .watchList.findMany({ where: { items: { some: {} } }, select: { id: true, updatedAt: true }, orderBy: { id: 'asc' }, take: 2_000 }),
  ])
  const entry = (path: string, changed?: Date) =>
    `<url><loc>${new URL(siteUrl(path), url).href}</loc>${changed ? `<lastmod>${isoDate(changed)}</lastmod>` : ''}</url>`
  const entries = [
    ...[
      href('/'),
      href('/films'),
      href('/people'),
      href('/distributors'),
      href('/lists'),
      href('/about'),
      href('/contact'),
      href('/suggest'),
      href('/newsletter'),
    ].map((path) => entry(path)),
    ...decades.map((decade) => entry(href('/films/decades/[decade=decade]', { decade }))),
    ...films.map(({ slug, updatedAt }) => entry(href('/films/[slug]', { slug }), updatedAt)),
    ...people.map(({ slug, updatedAt }) => entry(href('/people/[slug]', { slug }), updatedAt)),
    ...lists.map(({ id, updatedAt }) => entry(href('/lists/[id=int]', { id }), updatedAt)),
    ...distributors.map(({ slug, updatedAt }) => entry(href('/distributors/[slug]', { slug }), updatedAt)),
  ]
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries.join('\n')}\n</urlset>\n`
  return new Response(xml, { headers: { 'content-type': 'application/xml; charset=utf-8', 'cache-control': 'public, max-age=3600' } })
}
