/** Reads an app folder: the thin shell around {@link buildRoutes}. */
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { isScanned, type AppFile } from './app-files.ts'
import { buildRoutes, type ScanResult } from './build-routes.ts'
import type { Battery } from './mounts.ts'

/**
 * Scans an app folder for its routes, layouts and parameter converters.
 *
 * @param appDir The folder with `root.tsx` and `routes/`
 * @param batteries Those that the app gets if it has their file
 * @returns Everything found, with all mistakes in `problems`
 */
export async function scanRoutes(appDir: string, batteries: readonly Battery[]): Promise<ScanResult> {
  const names = ['root.tsx', ...(await filesIn(appDir, 'routes')), ...(await filesIn(appDir, 'params'))].filter(isScanned)
  const mounted = batteries.filter(({ file }) => existsSync(join(appDir, file))).flatMap(({ files }) => Object.entries(files))
  const files = await Promise.all([
    ...names.map((file) => read(file, join(appDir, file))),
    ...mounted.map(async ([file, mountedFrom]) => ({ file, source: await readFile(mountedFrom, 'utf8'), mountedFrom })),
  ])
  return buildRoutes(files.filter((file) => file !== undefined))
}

async function filesIn(appDir: string, folder: string): Promise<string[]> {
  const entries = await orMissing(readdir(join(appDir, folder), { recursive: true, withFileTypes: true }))
  return (entries ?? []).filter((entry) => !entry.isDirectory()).map((entry) => relative(appDir, join(entry.parentPath, entry.name)))
}

/** `undefined` for a file that went away since it was listed, as happens while an editor saves. */
async function read(file: string, path: string): Promise<AppFile | undefined> {
  const source = await orMissing(readFile(path, 'utf8'))
  return source === undefined ? undefined : { file, source }
}

function relative(appDir: string, path: string): string {
  return path.slice(join(appDir, '/').length).replaceAll(sep, '/')
}

async function orMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
