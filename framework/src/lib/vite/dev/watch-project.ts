/** Files that are no modules of the app, but decide what it is: `.env` and the Prisma schema. */
import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { normalizePath, type Plugin, type ViteDevServer } from 'vite'
import { readSchema } from '../../core/schema-files.ts'
import type { Project } from '../project.ts'
import type { DataState } from './data-state.ts'
import type { ErrorReports } from './error-reports.ts'
import { invalidateEntry } from './hot-updates.ts'
import { runnable } from './dev-app.ts'

export interface WatchOptions {
  project: Project
  reports: ErrorReports
  data: DataState
  print(text: string): void
  reloadEnv: (() => void) | undefined
}

/** Reacts to edits of `.env`, of `prisma/*.prisma` and of migrations, and says so when Vite's own configuration has changed. */
export function watchProject({ project, reports, data, print, reloadEnv }: WatchOptions): Plugin {
  const queue = createQueue((error) => reports.ofServer(error).then(reports.broadcast))

  const onEnv = async (vite: ViteDevServer, file: string): Promise<void> => {
    await untilWritten(() => (existsSync(file) ? readFileSync(file, 'utf8') : undefined))
    reloadEnv?.()
    print(`${basename(file)} changed: the app starts again.`)
    reports.changed()
    // Open pages lose the connection, and reload when the new one stands.
    await vite.restart()
  }
  const onSchema = async (vite: ViteDevServer): Promise<void> => {
    reports.changed()
    await untilWritten(() => readSchema(project.root).text)
    await data.follow()
    forgetGenerated(vite, join(project.root, 'prisma/generated'))
    for (const event of ['hotclub:reload-data', 'hotclub:changed']) vite.environments.client.hot.send({ type: 'custom', event })
  }
  const onFile = (vite: ViteDevServer, path: string): void => {
    const file = normalizePath(path)
    if (file === vite.config.configFile) print(`${basename(file)} changed: Vite starts again.`)
    else if (dirname(file) === project.root && /^\.env(?:\.local)?$/.test(basename(file))) queue('env', () => onEnv(vite, file))
    else if (file.startsWith(`${project.root}/prisma/`) && /\.(?:prisma|sql)$/.test(file)) queue('schema', () => onSchema(vite))
  }
  return {
    name: 'hotclub:watch-project',
    // Runs again after each restart of Vite, which brings a watcher of its own.
    configureServer(vite) {
      for (const event of ['add', 'change', 'unlink'] as const) vite.watcher.on(event, (path) => onFile(vite, path))
    },
  }
}

/** Milliseconds in which a file that an editor still writes shows it, and how many looks an empty one gets. */
const WRITING = 25
const LOOKS = 20

/**
 * Waits for a file to be whole. Many editors empty a file before they write it; where both fall into one tick of the file
 * system's clock, the watcher tells only of the first.
 *
 * @param read Gives the text; `undefined` where there is no file
 */
async function untilWritten(read: () => string | undefined): Promise<void> {
  let before: string | undefined
  for (let look = 0; look < LOOKS; look++) {
    const text = read()
    if (text === undefined || (text === before && text.trim() !== '')) return
    before = text
    await wait(WRITING)
  }
}

/** Runs one job at a time; a job of a kind that waits already is not added again. */
function createQueue(fail: (error: unknown) => Promise<void>): (kind: string, job: () => Promise<void>) => void {
  const waiting = new Set<string>()
  let last = Promise.resolve()
  return (kind, job) => {
    if (waiting.has(kind)) return
    waiting.add(kind)
    last = last.then(() => {
      waiting.delete(kind)
      return job().catch(fail)
    })
  }
}

/** Generated code is not watched: it changes in many files at once, and counts only when all are written. */
function forgetGenerated(vite: ViteDevServer, folder: string): void {
  for (const { moduleGraph } of [runnable(vite), vite.environments.client])
    for (const [file] of moduleGraph.fileToModulesMap) if (file.startsWith(folder)) moduleGraph.onFileChange(file)
  invalidateEntry(vite)
}
