/**
 * Prisma's schema engine, compiled to WebAssembly: nothing to download, no shadow database. Hotclub asks it for one thing,
 * the SQL that leads from one schema to another on SQLite and PostgreSQL, and runs that SQL itself.
 */
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { schemaError } from '../../core/schema-files.ts'
import { withProvider } from '../../schema/with-provider.ts'
import type { Provider } from '../database-url.ts'

/** What is used of the engine's own types. */
interface Engine {
  diff(params: object): Promise<{ stdout: string | null }>
}
interface EngineModule {
  __wbg_set_wasm(exports: WebAssembly.Exports): void
  SchemaEngine: { new: (options: object, log: (line: string) => void, adapter: object) => Promise<Engine> }
}

let engine: Promise<Engine> | undefined

async function loadEngine(): Promise<Engine> {
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'))
  const panics: string[] = []
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => panics.push(message) } })
  const [module, bytes] = await Promise.all([
    import(pathToFileURL(join(folder, 'schema_engine_bg.js')).href) as Promise<EngineModule>,
    readFile(join(folder, 'schema_engine_bg.wasm')),
  ])
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': module as never })
  module.__wbg_set_wasm(instance.exports)
  const start = instance.exports['__wbindgen_start'] as () => void
  start()
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaBetterSqlite3({ url: ':memory:' }))
  return module.SchemaEngine.new({ datamodels: undefined }, () => {}, adapter)
}

/**
 * Returns the SQL that leads from one Prisma schema to another; empty when there is nothing to do.
 *
 * @param from The text of a schema; `undefined` for an empty database
 * @param to The text of a schema; `undefined` for an empty database
 * @throws {HotclubError} `HC_SCHEMA` when a schema is wrong
 */
export async function askEngine(from: string | undefined, to: string | undefined, provider: Exclude<Provider, 'mysql'>): Promise<string> {
  engine ??= loadEngine()
  const target = (text: string | undefined): object =>
    text === undefined
      ? { tag: 'empty' }
      : { tag: 'schemaDatamodel', files: [{ path: 'prisma/schema.prisma', content: withProvider(text, provider) }] }
  try {
    const { stdout } = await (
      await engine
    ).diff({ from: target(from), to: target(to), script: true, exitCode: null, filters: { externalTables: [], externalEnums: [] } })
    const sql = withoutTransactions((stdout ?? '').trim())
    return sql === '-- This is an empty migration.' ? '' : sql && `${sql}\n`
  } catch (error) {
    // A panic leaves the engine unusable.
    if (!(error instanceof Error && 'code' in error && error.code === 'P1012')) engine = undefined
    throw error instanceof Error && 'code' in error && error.code === 'P1012' ? schemaError(error.message, '.') : error
  }
}

/** The engine puts changes of PostgreSQL's enums into a transaction; the whole migration is one here. */
function withoutTransactions(sql: string): string {
  return sql.replaceAll(/^(BEGIN|COMMIT);\n?/gm, '')
}
