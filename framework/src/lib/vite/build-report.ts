import type { ScanResult } from '../routing/build-routes.ts'
import type { RouteRecord } from '../routing/types.ts'
import type { StaticEntry } from '../server/node/static-index.ts'
import type { Assets } from '../server/types.ts'

/** What the first visit to a page loads, in bytes as sent (the smallest encoding). */
export interface RouteReport {
  id: string
  kind: RouteRecord['kind']
  script: number
  style: number
}

/** Adds up what each route ships: the entry, its chain's modules and their imports, each file once. */
export function reportRoutes(
  { routes, unhydrated }: Pick<ScanResult, 'routes' | 'unhydrated'>,
  assets: Assets,
  files: StaticEntry[],
): RouteReport[] {
  const sizes = new Map(files.map((file) => [file.path, Math.min(file.size, ...Object.values(file.encodings))]))
  const sum = (urls: Iterable<string>): number => [...new Set(urls)].reduce((total, url) => total + (sizes.get(url) ?? 0), 0)
  return routes.map(({ id, kind, file, root, layouts }) => {
    if (kind === 'resource') return { id, kind, script: 0, style: 0 }
    const modules = [assets.entry, ...[root, ...layouts, file].map((name) => assets.modules[name]!)]
    return {
      id,
      kind,
      script: unhydrated.includes(file) ? 0 : sum(modules.flatMap(({ url, imports }) => [url, ...imports])),
      style: sum(modules.flatMap(({ styles }) => styles)),
    }
  })
}

/** The report as a table for the terminal. */
export function formatReport(rows: RouteReport[]): string {
  const width = Math.max(...rows.map(({ id }) => id.length), 5)
  const line = (id: string, script: string, style: string): string => `  ${id.padEnd(width)}  ${script.padStart(10)}  ${style.padStart(10)}`
  return [
    line('Route', 'script', 'style'),
    ...rows.map(({ id, kind, script, style }) =>
      kind === 'resource' ? line(id, '-', '-') : line(id, kilobytes(script), kilobytes(style)),
    ),
    '  Bytes of a first visit, compressed; later pages load only what they add.',
  ].join('\n')
}

function kilobytes(bytes: number): string {
  return bytes === 0 ? '0' : `${(bytes / 1000).toFixed(1)} kB`
}
