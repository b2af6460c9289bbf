/** The history table against Prisma's own engine, which must be able to go on from where Hotclub stops, and the other way. */
import { bindMigrationAwareSqlAdapterFactory, type SqlDriverAdapter } from '@prisma/driver-adapter-utils'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { migrationStatus } from '../migrate.ts'
import { readMigrations } from './folder.ts'
import { createLab, type Lab } from './_lab.ts'

interface PrismaEngine {
  applyMigrations(input: object): Promise<{ appliedMigrationNames: string[] }>
  diagnoseMigrationHistory(input: object): Promise<{ history: unknown; failedMigrationNames: string[]; editedMigrationNames: string[] }>
}

const film = (...fields: string[]): string => `model Film {\n  id Int @id\n  ${fields.join('\n  ')}\n}`
const filters = { externalTables: [], externalEnums: [] }

interface PrismaModule {
  __wbg_set_wasm(exports: object): void
  SchemaEngine: { new: (options: object, log: () => void, adapter: object) => Promise<PrismaEngine> }
}
let loaded: Promise<PrismaModule> | undefined

async function loadPrisma(): Promise<PrismaModule> {
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'))
  // A module of its own: Hotclub's engine lives in the same process, and a module serves one instance.
  const module = (await import(`${pathToFileURL(join(folder, 'schema_engine_bg.js')).href}?prisma`)) as PrismaModule
  const { instance } = await WebAssembly.instantiate(readFileSync(join(folder, 'schema_engine_bg.wasm')), {
    './schema_engine_bg.js': module as never,
  })
  module.__wbg_set_wasm(instance.exports)
  ;(instance.exports['__wbindgen_start'] as () => void)()
  return module
}

/** Prisma's engine on the lab's database, as `prisma migrate deploy` uses it. */
async function prismaOn(
  lab: Lab,
): Promise<{ deploy(): Promise<string[]>; diagnose(): ReturnType<PrismaEngine['diagnoseMigrationHistory']> }> {
  const module = await (loaded ??= loadPrisma())
  // The engine locks the database for as long as it is connected, so each call has a connection of its own.
  const connected = async <T>(call: (engine: PrismaEngine) => Promise<T>): Promise<T> => {
    const factory = new PrismaBetterSqlite3({ url: lab.target.provider === 'sqlite' ? `file:${lab.target.file}` : lab.url })
    const connections: SqlDriverAdapter[] = []
    const connect = factory.connect.bind(factory)
    factory.connect = async () => {
      const connection = await connect()
      connections.push(connection)
      return connection
    }
    const schema = readFileSync(join(lab.root, 'prisma/schema.prisma'), 'utf8')
    const engine = await module.SchemaEngine.new(
      { datamodels: [['schema.prisma', schema]] },
      () => {},
      bindMigrationAwareSqlAdapterFactory(factory),
    )
    const result = await call(engine)
    for (const connection of connections) await connection.dispose()
    return result
  }
  const migrationsList = () => ({
    baseDir: join(lab.root, 'prisma/migrations'),
    lockfile: { path: 'migration_lock.toml', content: 'provider = "sqlite"\n' },
    shadowDbInitScript: '',
    migrationDirectories: readMigrations(lab.root).map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
    })),
  })
  return {
    deploy: () =>
      connected(async (engine) => (await engine.applyMigrations({ migrationsList: migrationsList(), filters })).appliedMigrationNames),
    diagnose: () =>
      connected((engine) => engine.diagnoseMigrationHistory({ migrationsList: migrationsList(), optInToShadowDatabase: false, filters })),
  }
}

describe('_prisma_migrations', () => {
  it('is the same table with the same rows, whether Hotclub or Prisma applied', async () => {
    const lab = createLab(film('a Int?'))
    await lab.create()
    const other = lab.withDatabase()
    await lab.apply()
    await (await prismaOn(other)).deploy()

    const table = (each: Lab): unknown => each.sql(`SELECT sql FROM sqlite_master WHERE name = '_prisma_migrations'`)
    const columns = 'migration_name, checksum, logs, rolled_back_at, applied_steps_count, length(id)'
    // Times are left out: the native engine writes milliseconds, as Hotclub does, the WebAssembly one text; both read either.
    const rows = (each: Lab): unknown => each.sql(`SELECT ${columns} FROM _prisma_migrations`)
    expect(await table(lab)).toEqual(await table(other))
    expect(await rows(lab)).toEqual(await rows(other))
  })

  it('lets Prisma go on after Hotclub', async () => {
    const lab = createLab(film('a Int?'))
    await lab.create()
    await lab.apply()
    lab.edit(film('a Int?', 'b Int?'))
    await lab.create()
    const prisma = await prismaOn(lab)

    expect(await prisma.deploy()).toEqual([(await migrationStatus(lab)).applied.at(-1)])
    expect(await prisma.diagnose()).toMatchObject({ history: null, failedMigrationNames: [], editedMigrationNames: [] })
    expect(await migrationStatus(lab)).toMatchObject({ pending: [], edited: [] })
    expect(await lab.drift()).toEqual([])
  })

  it('lets Hotclub go on after Prisma', async () => {
    const lab = createLab(film('a Int?'))
    await lab.create()
    await (await prismaOn(lab)).deploy()
    lab.edit(film('a Int?', 'b Int?'))
    await lab.create()
    expect((await lab.apply()).applied).toHaveLength(1)
    expect(await (await prismaOn(lab)).diagnose()).toMatchObject({ history: null, failedMigrationNames: [], editedMigrationNames: [] })
  })
})
