import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import { HotclubError } from '../core/hotclub-error.ts'
import { getSchema } from '../schema/registry.ts'
import type { SchemaMetadata } from '../schema/types.ts'
import { createAdapter } from './adapters/adapter.ts'
import { around } from './adapters/around.ts'
import type { DbExtras } from './client/types.ts'
import { wrapClient } from './client/wrap.ts'
import { parseDatabaseUrl, type Provider } from './database-url.ts'
import { recordStatement } from './query-log.ts'

export interface CreateDbOptions {
  /** The folder that relative `file:` URLs start from (default: the current one). */
  root?: string
  /** Lets {@link collectQueries} see the queries (default: `false`, which costs nothing). */
  development?: boolean
  /** The models (default: those of `setSchema()`). Without any, it is Prisma's client and no more. */
  schema?: SchemaMetadata
}

/**
 * Creates the app's Prisma client on the database of a `DATABASE_URL`: SQLite, PostgreSQL, or MySQL and MariaDB.
 *
 * SQLite runs in WAL mode with foreign keys enforced, and waits up to 5 seconds for another process's write. The folder of
 * the file is created. A server is asked by up to 10 connections, each in UTC; the URL may say otherwise (`?connection_limit=20`).
 * Connections open with the first query.
 *
 * @param url `file:./prisma/dev.db`, `postgresql://user:password@host/name` or `mysql://user:password@host/name`
 * @param PrismaClient The class from `prisma/generated/client/client.ts`, generated for this kind of database
 * @throws {HotclubError} `HC_DATABASE_URL` when the URL is missing or wrong, `HC_DATABASE_DRIVER` when a package is missing,
 * `HC_DATABASE_PROVIDER` when the client is for another kind of database
 */
export function createDb<Client>(
  url: string | undefined,
  PrismaClient: new (options: { adapter: SqlDriverAdapterFactory }) => Client,
  options: CreateDbOptions = {},
): Client & DbExtras {
  const target = parseDatabaseUrl(url, options.root ?? process.cwd())
  const adapter = createAdapter(target)
  const schema = options.schema ?? getSchema()
  try {
    const prisma = new PrismaClient({ adapter: options.development ? around(adapter, recordStatement) : adapter })
    return (schema ? wrapClient(prisma as object, schema) : prisma) as Client & DbExtras
  } catch (error) {
    throw explained(error, target.provider)
  }
}

/** Prisma speaks of driver adapters where an app has been built with another `DATABASE_URL`. */
function explained(error: unknown, provider: Provider): unknown {
  const built = error instanceof Error ? /not compatible with the provider `(\w+)`/.exec(error.message)?.[1] : undefined
  if (built === undefined) return error
  return new HotclubError('HC_DATABASE_PROVIDER', {
    where: 'DATABASE_URL',
    message: `It names a database of the kind '${provider}', but the app was built for '${built === 'postgres' ? 'postgresql' : built}'.`,
    hint: 'Run `hotclub build` (or `hotclub generate`) with this DATABASE_URL.',
    cause: error,
  })
}
