/** Puts an app's generated types where editors and the type check find them. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { ScanResult } from './build-routes.ts'
import { scanRoutes } from './scan.ts'
import { generateTypes } from './typegen.ts'

/**
 * Scans an app and writes the types of its routes; a file that says the same already is left alone.
 *
 * @param appDir The folder with `root.tsx` and `routes/`
 * @param outDir The folder the types go to: `.hotclub/types`
 * @returns What the scan found, mistakes included
 */
export async function scanAndWriteTypes(appDir: string, outDir: string): Promise<ScanResult> {
  const scan = await scanRoutes(appDir)
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
