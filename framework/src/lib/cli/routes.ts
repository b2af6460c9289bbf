import type { Command } from 'commander'
import type { RouteRecord } from '../routing/types.ts'

/** Adds `hotclub routes`. */
export function registerRoutesCommand(program: Command): void {
  program
    .command('routes')
    .description('Lists the routes of the app, and what is wrong with them.')
    .option('--json', 'for other programs')
    .action(async ({ json = false }: { json?: boolean }) => {
      const [{ scanRoutes }, { projectAt }] = await Promise.all([import('../routing/scan.ts'), import('../vite/project.ts')])
      const { routes, problems } = await scanRoutes(projectAt(process.cwd()).app)
      console.log(json ? JSON.stringify(routes, null, 2) : formatRoutes(routes))
      if (problems.length > 0) throw new AggregateError(problems)
    })
}

/** The routes as aligned columns: id, kind, file and the layouts around it. */
export function formatRoutes(routes: readonly RouteRecord[]): string {
  const rows = routes.map(({ id, kind, file, layouts }) => [
    id,
    kind,
    [`app/${file}`, ...layouts.toReversed().map((layout) => `in app/${layout}`)].join(' '),
  ])
  const width = (column: number): number => Math.max(0, ...rows.map((row) => row[column]!.length))
  return (
    rows.map(([id, kind, files]) => `${id!.padEnd(width(0))}  ${kind!.padEnd(width(1))}  ${files}`).join('\n') ||
    'No routes: app/routes is empty.'
  )
}
