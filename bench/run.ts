/**
 * `npm run bench`: the framework against the floor in interleaved rounds, and the sizes and times a user meets.
 * `npm run bench -- pages` and the other names run single parts.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { cachedPage } from './cached.ts'
import { clientBytes } from './client-bytes.ts'
import { coldStart } from './cold-start.ts'
import { dev } from './dev.ts'
import { pages } from './pages.ts'
import { prepare } from './prepare.ts'

const parts: Record<string, () => Promise<void> | void> = {
  pages,
  'cached-page': cachedPage,
  'client-bytes': clientBytes,
  'cold-start': coldStart,
  dev,
  accounts: () => script('accounts'),
  adapter: () => script('adapter'),
  forms: () => script('forms'),
  match: () => script('match'),
  passwords: () => script('passwords'),
  policies: () => script('policies'),
  signals: () => script('signals'),
  security: () => script('security'),
  tsc: () => script('tsc'),
}

const wanted = process.argv.slice(2)
for (const name of wanted)
  if (!(name in parts)) {
    console.error(`There is no bench '${name}'. There are: ${Object.keys(parts).join(', ')}.`)
    process.exit(1)
  }
await prepare()
for (const [name, part] of Object.entries(parts)) if (wanted.length === 0 || wanted.includes(name)) await part()

/** Runs one of the benches that are programs of their own. */
function script(name: string): void {
  console.log(`\n${name}`)
  spawnSync(process.execPath, ['--conditions=hotclub-source', join(import.meta.dirname, `${name}.ts`)], { stdio: 'inherit' })
}
