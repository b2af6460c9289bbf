/** Puts an app's generated types where editors and the type check find them. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { ScanResult } from './build-routes.ts'
import type { Battery } from './mounts.ts'
import { scanRoutes } from './scan.ts'
import { generateTypes } from './typegen.ts'

/**
 * Scans an app and writes the types of its routes; a file that says the same already is left alone.
 *
 * @param appDir The folder with `root.tsx` and `routes/`
 * @param outDir The folder the types go to: `.hotclub/types`
 * @param batteries Those that the app gets if it has their file
 * @returns What the scan found, mistakes included
 */
export async function scanAndWriteTypes(appDir: string, outDir: string, batteries: readonly Battery[]): Promise<ScanResult> {
  const scan = await scanRoutes(appDir, batteries)
  await Promise.all(generateTypes({ ...scan, appDir, outDir }).map(({ path, text }) => writeIfChanged(path, text)))
  return scan
}

/** Editors and type checkers watch these files. */
async function writeIfChanged(path: string, text: string): Promise<void> {
  const old = await readFile(path, 'utf8').catch(() => undefined)
  if (old === text) return
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}
