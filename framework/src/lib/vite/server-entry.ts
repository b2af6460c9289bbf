import { basename, join } from 'node:path'
import { paramName } from '../routing/app-files.ts'
import type { Mounts } from '../routing/mounts.ts'
import type { RouteRecord } from '../routing/types.ts'
import type { Assets } from '../server/types.ts'
import { adminFile, batteries } from './batteries.ts'
import { frameFilesIn, hasFrameFile } from './frame-files.ts'
import type { Project } from './project.ts'

/** The virtual module that is the whole app, for the server. */
export const SERVER_ENTRY = 'virtual:hotclub/server'

export interface ServerEntryOptions {
  project: Project
  routes: RouteRecord[]
  /** Files of own converters: `params/year.ts`. */
  params: string[]
  mounts: Mounts
  /** `undefined` in development, where the dev server adds them, and loads the app's own routes, by itself. */
  assets: Assets | undefined
}

/** App-relative files that bring views: roots, layouts, pages and resource routes, each once. */
export function moduleFiles(routes: RouteRecord[]): string[] {
  return [...new Set(['root.tsx', ...routes.flatMap((route) => [route.root, ...route.layouts, route.file])])]
}

/** App-relative files that the browser may need too. */
export function viewFiles(routes: RouteRecord[]): string[] {
  return moduleFiles(routes.filter((route) => route.kind === 'page'))
}

/** Writes the code of {@link SERVER_ENTRY}: imports of what the app has, and the manifest made of them. */
export function serverEntryCode({ project, routes, params, mounts, assets }: ServerEntryOptions): string {
  const path = (file: string): string => JSON.stringify(join(project.app, file))
  const policies = frameFilesIn(project, 'policies')
  const signals = frameFilesIn(project, 'signals')
  const mounted = batteries.filter(({ files }) => Object.keys(files).some((file) => file in mounts))
  const admin = mounted.some(({ file }) => file === adminFile) ? frameFilesIn(project, '../admin') : []
  // Files of the app are not imported in development: every edit of a route would be an edit of the whole app.
  const loaded = moduleFiles(routes).filter((file) => assets !== undefined || file in mounts)
  return [
    `import { ${['createApp', ...mounted.map(({ loaders }) => loaders)].join(', ')} } from 'hotclub/server'`,
    hasFrameFile(project, 'settings.ts')
      ? `import settings from ${path('settings.ts')}`
      : `import { defineSettings } from 'hotclub'\nconst settings = defineSettings({})`,
    hasFrameFile(project, 'middleware.ts') ? `import middleware from ${path('middleware.ts')}` : `const middleware = []`,
    hasFrameFile(project, 'auth.ts') ? `import auth from ${path('auth.ts')}` : `const auth = undefined`,
    ...databaseCode(project, assets === undefined),
    ...params.map((file, index) => `import param${index} from ${path(file)}`),
    ...policies.map((file, index) => `import policy${index} from ${path(file)}`),
    ...signals.map((file, index) => `import * as signals${index} from ${path(file)}`),
    ...admin.map((file, index) => `import * as admin${index} from ${path(file)}`),
    `const mounted = { ${mounted.map(({ loaders }) => `...${loaders}`).join(', ')} }`,
    `export const manifest = {`,
    `  settings, middleware, auth, schema, createDb,`,
    `  params: { ${params.map((file, index) => `${JSON.stringify(paramName(file))}: param${index}`).join(', ')} },`,
    `  policies: [${policies.map((_, index) => `policy${index}`).join(', ')}],`,
    `  signals: [${signals.map((_, index) => `signals${index}`).join(', ')}].flatMap((file) => Object.values(file)),`,
    ...(admin.length > 0
      ? [`  admin: { ${admin.map((file, index) => `${JSON.stringify(basename(file))}: admin${index}`).join(', ')} },`]
      : []),
    `  routes: ${JSON.stringify(routes)},`,
    `  load: {`,
    ...loaded.map((file) => {
      const name = JSON.stringify(file)
      return `    ${name}: ${file in mounts ? `mounted[${name}]` : `() => import(${path(file)})`},`
    }),
    `  },`,
    ...(assets ? [`  assets: ${JSON.stringify(assets)},`] : []),
    `}`,
    assets ? `export default await createApp(manifest)` : `export { createApp, PrismaClient }`,
    '',
  ].join('\n')
}

function databaseCode(project: Project, isDevelopment: boolean): string[] {
  if (project.dbModule === undefined)
    return [`const PrismaClient = undefined`, `const schema = undefined`, `const createDb = () => undefined`]
  return [
    `import { createDb as connect, setSchema } from 'hotclub/db'`,
    `import { metadata as schema } from ${JSON.stringify(project.metadataModule)}`,
    `import { PrismaClient } from ${JSON.stringify(project.dbModule)}`,
    // Before any route is loaded: model forms are made of it.
    `setSchema(schema)`,
    `const createDb = () => connect(process.env.DATABASE_URL, PrismaClient, { development: ${isDevelopment} })`,
  ]
}
