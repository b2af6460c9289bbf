import { createServer } from 'vite'
import { defineSettings, type Settings } from '../../core/settings.ts'
import type { RouteModule } from '../../routing/types.ts'
import { join } from 'node:path'
import { existsSync } from 'node:fs'
import { configLoader } from '../../vite/config-loader.ts'
import { runnable } from '../../vite/dev/dev-app.ts'
import type { Project } from '../../vite/project.ts'

/** An app whose files can be run without a server, a database or a build. */
export interface LoadedApp {
  /** @throws {HotclubError} `HC_SETTINGS` */
  settings(): Promise<Settings>
  /** @param file Relative to the app folder */
  module(file: string): Promise<RouteModule>
  close(): Promise<void>
}

/** Makes an app's files runnable, from its sources. */
export async function loadApp(project: Project): Promise<LoadedApp> {
  const vite = await createServer({
    root: project.root,
    configLoader,
    envDir: false,
    logLevel: 'silent',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true, include: [] },
  })
  const load = (file: string): Promise<never> => runnable(vite).runner.import(join(project.app, file)) as Promise<never>
  return {
    async settings() {
      if (!existsSync(join(project.app, 'settings.ts'))) return defineSettings({})
      return ((await load('settings.ts')) as { default: Settings }).default
    },
    module: load,
    close: () => vite.close(),
  }
}
