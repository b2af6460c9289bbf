/**
 * What one match costs in apps of 10 to 10,000 routes: it should not depend on their number.
 * Run with `node --conditions=hotclub-source bench/match.ts`.
 */
import { createMatcher } from '../framework/src/lib/routing/match.ts'
import { parseRouteId } from '../framework/src/lib/routing/segments.ts'
import type { RouteRecord } from '../framework/src/lib/routing/types.ts'

/** Each section is a small part of a site as people build them. */
const section = [
  '',
  '/new',
  '/[id=int]',
  '/[id=int]/edit',
  '/[id=int]/reviews/[review=int]',
  '/by/[slug]',
  '/[slug].xml',
  '/archive/[[year=int]]',
  '/files/[...rest]',
  '/about/us/team',
]

const paths: Record<string, (at: number) => string> = {
  static: (at) => `/section-${at}/about/us/team`,
  'one int': (at) => `/section-${at}/7421`,
  'two ints': (at) => `/section-${at}/7421/reviews/15`,
  'text around': (at) => `/section-${at}/feed.xml`,
  optional: (at) => `/section-${at}/archive/1994`,
  'rest of 4': (at) => `/section-${at}/files/a/b/c/d.txt`,
  encoded: (at) => `/section-${at}/by/caf%C3%A9%20noir`,
  'no route': (at) => `/section-${at}/nothing/here`,
}

function routesOf(count: number): RouteRecord[] {
  return Array.from({ length: count }, (_, index) => {
    const id = `/section-${Math.floor(index / section.length)}${section[index % section.length]}`
    return { id, file: `routes${id}.tsx`, kind: 'page', segments: parseRouteId(id)!, root: 'root.tsx', layouts: [] }
  })
}

/** The best of the rounds, in nanoseconds a match: what else the machine does only ever adds. */
function measure(match: (path: string) => unknown, samples: string[]): number {
  const runs = 100_000
  const rounds = Array.from({ length: 15 }, () => {
    const start = process.hrtime.bigint()
    for (let run = 0; run < runs; run++) match(samples[run % samples.length]!)
    return Number(process.hrtime.bigint() - start) / runs
  })
  return Math.round(Math.min(...rounds))
}

const rows: Record<string, Record<string, number>> = {}
for (const count of [10, 100, 1_000, 10_000]) {
  const routes = routesOf(count)
  const start = performance.now()
  const match = createMatcher(routes)
  const built = Math.round((performance.now() - start) * 10) / 10
  const row: Record<string, number> = {}
  for (const [name, path] of Object.entries(paths)) {
    // A hundred different sections at most, so that the processor's cache is no better with few routes.
    const samples = Array.from({ length: 100 }, (_, index) => path(Math.floor((index * count) / section.length / 100)))
    row[name] = measure(match, samples)
  }
  rows[`${count} routes`] = { ...row, 'build, ms': built }
}
console.log('Nanoseconds a match:')
console.table(rows)
