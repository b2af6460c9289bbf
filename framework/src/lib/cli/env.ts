import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'

/** Later files win over earlier ones; the environment of the process wins over all. */
const files = ['.env', '.env.local']

/**
 * Returns what `.env` and `.env.local` of a project say, the latter winning. Missing files count as empty.
 *
 * @param root The project's folder
 */
export function readEnv(root: string): Record<string, string> {
  const values: Record<string, string> = {}
  for (const file of files.map((name) => join(root, name))) {
    if (!existsSync(file)) continue
    for (const [name, value] of Object.entries(parseEnv(readFileSync(file, 'utf8')))) if (value !== undefined) values[name] = value
  }
  return values
}

/** What came from files so far, so that it can be taken back. */
const loaded = new Set<string>()

/**
 * Puts the variables of `.env` and `.env.local` into `process.env`, except those that are set already.
 *
 * @param root The project's folder
 * @returns The names that came from the files. A process started to read changed files must not inherit these.
 */
export function loadEnv(root: string): string[] {
  const added = Object.entries(readEnv(root)).filter(([name]) => process.env[name] === undefined)
  for (const [name, value] of added) {
    process.env[name] = value
    loaded.add(name)
  }
  return added.map(([name]) => name)
}

/**
 * Reads the files again: what {@link loadEnv} took from them is removed, changed or kept as they say now.
 *
 * @param root The project's folder
 */
export function reloadEnv(root: string): void {
  for (const name of loaded) delete process.env[name]
  loaded.clear()
  loadEnv(root)
}
