import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import type { DatabaseTarget } from '../database-url.ts'
import { createMysqlAdapter } from './mysql.ts'
import { createPostgresAdapter } from './postgresql.ts'
import { createSqliteAdapter } from './sqlite.ts'

/** Opens a database of any kind for a Prisma client, when the first query comes. */
export function createAdapter(target: DatabaseTarget): SqlDriverAdapterFactory {
  if (target.provider === 'sqlite') return createSqliteAdapter(target.file)
  return target.provider === 'postgresql' ? createPostgresAdapter(target.url) : createMysqlAdapter(target.url)
}
