/** Reads an app folder: the thin shell around {@link buildRoutes}. */
import { readdir, readFile } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { buildRoutes, isScanned, type AppFile, type ScanResult } from './build-routes.ts'

/**
 * Scans an app folder for its routes, layouts and parameter converters.
 *
 * @param appDir The folder with `root.tsx` and `routes/`
 * @returns Everything found, with all mistakes in `problems`
 */
export async function scanRoutes(appDir: string): Promise<ScanResult> {
  const names = ['root.tsx', ...(await filesIn(appDir, 'routes')), ...(await filesIn(appDir, 'params'))].filter(isScanned)
  const files = await Promise.all(names.map((file) => read(appDir, file)))
  return buildRoutes(files.filter((file) => file !== undefined))
}

async function filesIn(appDir: string, folder: string): Promise<string[]> {
  const entries = await orMissing(readdir(join(appDir, folder), { recursive: true, withFileTypes: true }))
  return (entries ?? []).filter((entry) => !entry.isDirectory()).map((entry) => relative(appDir, join(entry.parentPath, entry.name)))
}

/** `undefined` for a file that went away since it was listed, as happens while an editor saves. */
async function read(appDir: string, file: string): Promise<AppFile | undefined> {
  const source = await orMissing(readFile(join(appDir, file), 'utf8'))
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
