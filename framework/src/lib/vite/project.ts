import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { pathOf, type Mounts } from '../routing/mounts.ts'

/** Where the parts of an app are; absolute paths. */
export interface Project {
  root: string
  app: string
  /** The generated Prisma client's module; `undefined` for an app without a database. */
  dbModule: string | undefined
  /** The generated model metadata's module. */
  metadataModule: string
  /** What the framework writes for the editor and the type check. */
  types: string
  clientDir: string
  serverDir: string
}

/** The layout every Hotclub app has, under `root`. */
export function projectAt(root: string): Project {
  const dbModule = join(root, 'prisma/generated/client/client.ts')
  return {
    root,
    app: join(root, 'app'),
    dbModule: existsSync(join(root, 'prisma/schema.prisma')) ? dbModule : undefined,
    metadataModule: join(root, 'prisma/generated/metadata.ts'),
    types: join(root, '.hotclub/types'),
    clientDir: join(root, 'dist/client'),
    serverDir: join(root, 'dist/server'),
  }
}

/** How Vite's manifest names a file of the app. */
export function manifestKey(project: Project, mounts: Mounts, file: string): string {
  return relative(project.root, pathOf(project.app, mounts, file)).replaceAll('\\', '/')
}

/** The URL by which Vite's dev server gives a file. @param path Absolute */
export function devUrl(root: string, path: string): string {
  return path.startsWith(`${root}/`) ? path.slice(root.length) : `/@fs${path}`
}
