import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { layoutId } from '../../routing/app-files.ts'
import type { ScanResult } from '../../routing/build-routes.ts'
import { rewriteLiteral } from '../../routing/rewrite-literal.ts'
import { scanAndWriteTypes } from '../../routing/write-types.ts'
import { batteries } from '../batteries.ts'
import type { Project } from '../project.ts'

/** The routes of the app as its files stand now. */
export interface RouteFiles {
  /** The last scan, once it is done. */
  current(): Promise<ScanResult>
  /**
   * Scans again and writes the types.
   *
   * @returns Whether the set of routes, or what is wrong with it, is another one than before
   */
  refresh(): Promise<boolean>
  /** Puts the id of a file's place into the types it names, as after a rename. */
  rewrite(file: string): Promise<void>
}

/** Scans the app and keeps the result. */
export function createRouteFiles(project: Project): RouteFiles {
  let scan = scanAndWriteTypes(project.app, project.types, batteries)
  // Whoever asks for it gets the failure.
  scan.catch(() => undefined)
  return {
    current: () => scan,
    async refresh() {
      const before = await scan.then(fingerprint, () => '')
      scan = scanAndWriteTypes(project.app, project.types, batteries)
      return fingerprint(await scan) !== before
    },
    async rewrite(file) {
      const { routes, layouts, roots } = await scan
      const isOuter = file === 'root.tsx' || layouts.includes(file) || roots.includes(file)
      const id = isOuter ? layoutId(file) : routes.find((route) => route.file === file)?.id
      if (id === undefined) return
      const path = join(project.app, file)
      const source = await readFile(path, 'utf8')
      const text = rewriteLiteral(source, id)
      if (text !== source) await writeFile(path, text)
    },
  }
}

/** Equal for two scans that make the same app. */
function fingerprint({ routes, params, problems }: ScanResult): string {
  return JSON.stringify([routes, params, problems.map(String)])
}
