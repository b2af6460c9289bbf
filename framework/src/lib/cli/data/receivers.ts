import { join } from 'node:path'
import { getLogger } from '../../core/log.ts'
import type { RowReceiver } from '../../db/client/receivers.ts'
import { Signals } from '../../signals/signals.ts'
import { frameFilesIn } from '../../vite/frame-files.ts'
import { fromSource } from '../../vite/from-source.ts'
import { projectAt } from '../../vite/project.ts'

/**
 * Loads the receivers of rows in `app/signals`, for a command that writes to the app's database.
 *
 * Vite imports them, so that they may use whatever the app does. Where an installation is without it, they are left out, and the log says so.
 */
export async function loadReceivers(root: string): Promise<readonly RowReceiver[]> {
  const project = projectAt(root)
  const files = frameFilesIn(project, 'signals')
  if (files.length === 0) return []
  const vite = await import('vite').catch(() => undefined)
  if (!vite) {
    getLogger().warn({}, 'Vite is not installed here, so the receivers in app/signals are told of nothing.')
    return []
  }
  const resolve = { conditions: fromSource ? ['hotclub-source'] : [] }
  const config = { root, logLevel: 'error', environments: { inline: { resolve } } } as const
  const modules = await Promise.all(files.map((file) => vite.runnerImport<object>(join(project.app, file), config)))
  return new Signals(modules.flatMap(({ module }) => Object.values(module))).ofRows
}
