import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import { getSchema } from '../schema/registry.ts'
import type { SchemaMetadata } from '../schema/types.ts'
import type { DbExtras } from './client/types.ts'
import { wrapClient } from './client/wrap.ts'
import { parseDatabaseUrl } from './database-url.ts'
import { createSqliteAdapter } from './sqlite-adapter.ts'

export interface CreateDbOptions {
  /** The folder that relative `file:` URLs start from (default: the current one). */
  root?: string
  /** Lets {@link collectQueries} see the queries (default: `false`, which costs nothing). */
  development?: boolean
  /** The models (default: those of `setSchema()`). Without any, it is Prisma's client and no more. */
  schema?: SchemaMetadata
}

/**
 * Creates the app's Prisma client on the database of a `DATABASE_URL`.
 *
 * SQLite runs in WAL mode with foreign keys enforced, and waits up to 5 seconds for another process's write. The folder of
 * the file is created. The connection opens with the first query.
 *
 * @param url `file:./prisma/dev.db`; other databases are not supported yet
 * @param PrismaClient The class from `prisma/generated/client/client.ts`
 * @throws {HotclubError} `HC_DATABASE_URL` when the URL is missing or not supported
 */
export function createDb<Client>(
  url: string | undefined,
  PrismaClient: new (options: { adapter: SqlDriverAdapterFactory }) => Client,
  options: CreateDbOptions = {},
): Client & DbExtras {
  const { file } = parseDatabaseUrl(url, options.root ?? process.cwd())
  const prisma = new PrismaClient({ adapter: createSqliteAdapter({ file, records: options.development ?? false }) })
  const schema = options.schema ?? getSchema()
  return (schema ? wrapClient(prisma as object, schema) : prisma) as Client & DbExtras
}
