import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Manifest as ViteManifest, ManifestChunk } from 'vite'
import type { Assets, ClientModule } from '../server/types.ts'

/** The virtual module that starts the browser's side. */
export const CLIENT_ENTRY = 'virtual:hotclub/client-entry'

/**
 * Works out from Vite's manifest where the browser finds each module of the app.
 *
 * @param clientDir The client build
 * @param files App-relative files of root, layouts and pages
 * @param keyOf The key of an app file in Vite's manifest: its path from the project root
 */
export function readAssets(clientDir: string, files: string[], keyOf: (file: string) => string): Assets {
  const text = readFileSync(join(clientDir, '.vite/manifest.json'), 'utf8')
  const manifest = JSON.parse(text) as ViteManifest
  const entry = Object.values(manifest).find((chunk) => chunk.isEntry && chunk.name === 'entry')
  if (!entry) throw new Error('The client build has no entry.')
  const modules: Record<string, ClientModule> = {}
  for (const file of files) {
    const chunk = manifest[keyOf(file)]
    if (chunk) modules[file] = clientModule(manifest, chunk)
  }
  return { build: createHash('sha256').update(text).digest('base64url').slice(0, 12), entry: clientModule(manifest, entry), modules }
}

function clientModule(manifest: ViteManifest, chunk: ManifestChunk): ClientModule {
  const reached = new Set<ManifestChunk>()
  const visit = (item: ManifestChunk): void => {
    if (reached.has(item)) return
    reached.add(item)
    for (const key of item.imports ?? []) visit(manifest[key]!)
  }
  visit(chunk)
  return {
    url: `/${chunk.file}`,
    imports: [...reached].filter((item) => item !== chunk).map((item) => `/${item.file}`),
    styles: [...new Set([...reached].flatMap((item) => item.css ?? []))].map((file) => `/${file}`),
  }
}
