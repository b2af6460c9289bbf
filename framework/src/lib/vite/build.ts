import { createBuilder } from 'vite'
import { failOnProblems } from '../routing/problems.ts'
import { scanRoutes } from '../routing/scan.ts'
import { writeStaticIndex } from '../server/node/static-index.ts'
import { readAssets } from './assets.ts'
import { batteries } from './batteries.ts'
import { formatReport, reportRoutes } from './build-report.ts'
import { configLoader } from './config-loader.ts'
import { manifestKey, type Project } from './project.ts'
import { viewFiles } from './server-entry.ts'

/**
 * Builds an app for production: the browser's files with their compressed copies, then the server's bundle, which
 * names them.
 *
 * @param say Told of each step
 * @returns What each page ships, as a table to print
 * @throws {HotclubError} for mistakes in routes, for server code in the browser, and the like
 */
export async function buildApp(project: Project, say: (line: string) => void): Promise<string> {
  const scan = await scanRoutes(project.app, batteries)
  failOnProblems(scan.problems)
  const builder = await createBuilder({ root: project.root, configLoader, logLevel: 'warn' })
  say('Building the browser files …')
  await builder.build(builder.environments['client']!)
  say('Building the server …')
  await builder.build(builder.environments['ssr']!)
  say('Compressing …')
  const files = await writeStaticIndex(project.clientDir)
  const assets = readAssets(project.clientDir, viewFiles(scan.routes), (file) => manifestKey(project, scan.mounts, file))
  return formatReport(reportRoutes(scan, assets, files))
}
