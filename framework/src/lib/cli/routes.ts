import type { Command } from 'commander'
import { ownerOf, type Mounts } from '../routing/mounts.ts'
import type { RouteRecord } from '../routing/types.ts'

/** Adds `hotclub routes`. */
export function registerRoutesCommand(program: Command): void {
  program
    .command('routes')
    .description('Lists the routes of the app, and what is wrong with them.')
    .option('--json', 'for other programs')
    .action(async ({ json = false }: { json?: boolean }) => {
      const [{ scanRoutes }, { batteries }, { projectAt }] = await Promise.all([
        import('../routing/scan.ts'),
        import('../vite/batteries.ts'),
        import('../vite/project.ts'),
      ])
      const { routes, mounts, problems } = await scanRoutes(projectAt(process.cwd()).app, batteries)
      const listed = routes.map((route) => ({ ...route, owner: ownerOf(mounts, route.file) }))
      console.log(json ? JSON.stringify(listed, null, 2) : formatRoutes(routes, mounts))
      if (problems.length > 0) throw new AggregateError(problems)
    })
}

/** The routes as aligned columns: id, kind, file and the layouts around it, and the document where it is not the app's. What Hotclub brings is `hotclub/routes/…`. */
function formatRoutes(routes: readonly RouteRecord[], mounts: Mounts): string {
  const name = (file: string): string => `${ownerOf(mounts, file)}/${file}`
  const rows = routes.map(({ id, kind, file, root, layouts }) => [
    id,
    kind,
    [file, ...layouts.toReversed(), ...(root === 'root.tsx' ? [] : [root])].map(name).join(' in '),
  ])
  const width = (column: number): number => Math.max(0, ...rows.map((row) => row[column]!.length))
  return (
    rows.map(([id, kind, files]) => `${id!.padEnd(width(0))}  ${kind!.padEnd(width(1))}  ${files}`).join('\n') ||
    'No routes: app/routes is empty.'
  )
}
