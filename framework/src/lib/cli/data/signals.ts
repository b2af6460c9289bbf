import { join } from 'node:path'
import { getLogger } from '../../core/log.ts'
import type { Db } from '../../core/register.ts'
import { generateFor } from '../../db/generate.ts'
import { withClient } from '../../db/generated.ts'
import type { MigrateOptions } from '../../db/migrate.ts'
import { Signals } from '../../signals/signals.ts'
import { frameFilesIn } from '../../vite/frame-files.ts'
import { fromSource } from '../../vite/from-source.ts'
import { projectAt } from '../../vite/project.ts'

/**
 * Loads the receivers in `app/signals`, for a command that does something they are told of.
 *
 * Vite imports them, so that they may use whatever the app does. Where an installation is without it, they are left out, and the log says so.
 */
export async function loadSignals(root: string): Promise<Signals> {
  const project = projectAt(root)
  const files = frameFilesIn(project, 'signals')
  if (files.length === 0) return new Signals([])
  const vite = await import('vite').catch(() => undefined)
  if (!vite) {
    getLogger().warn({}, 'Vite is not installed here, so the receivers in app/signals are told of nothing.')
    return new Signals([])
  }
  const resolve = { conditions: fromSource ? ['hotclub-source'] : [] }
  const config = { root, logLevel: 'error', environments: { inline: { resolve } } } as const
  const modules = await Promise.all(files.map((file) => vite.runnerImport<object>(join(project.app, file), config)))
  return new Signals(modules.flatMap(({ module }) => Object.values(module)))
}

/** Tells receivers which migrations were applied, in their order. */
export async function tellOfMigrations(project: MigrateOptions, names: string[]): Promise<void> {
  if (names.length === 0) return
  const signals = await loadSignals(project.root)
  if (!signals.hear('migration', 'applied')) return
  await generateFor(project)
  await withClient(project, (db: Db) => signals.send('migration', 'applied', { names, db }), signals.ofRows)
}
