import type { Command } from 'commander'
import { currentProject } from './data/project.ts'

/** Adds `hotclub build`. */
export function registerBuildCommand(program: Command): void {
  program
    .command('build')
    .description('Builds the app for production into dist/.')
    .action(async () => {
      process.env['NODE_ENV'] = 'production'
      const [{ buildApp }, { batteries }, { projectAt }, { scanAndWriteTypes }] = await Promise.all([
        import('../vite/build.ts'),
        import('../vite/batteries.ts'),
        import('../vite/project.ts'),
        import('../routing/write-types.ts'),
      ])
      const start = performance.now()
      const project = projectAt(process.cwd())
      // A fresh clone has none of this. Mistakes in routes are told by the build itself.
      if (project.dbModule) await (await import('../db/generate.ts')).generateFor(currentProject())
      await scanAndWriteTypes(project.app, project.types, batteries)
      const report = await buildApp(project, (line) => console.log(line))
      console.log(`\n${report}\n\nBuilt in ${((performance.now() - start) / 1000).toFixed(1)} s. Serve it with hotclub start.`)
    })
}
