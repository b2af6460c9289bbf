import type { Connection } from '../connection/types.ts'
import { readMysql } from './mysql.ts'
import { readPostgresql } from './postgresql.ts'
import { readSqlite } from './sqlite.ts'
import type { DatabaseStructure } from './types.ts'

/** Reads what a database is made of. Tables of Hotclub and Prisma (`_hotclub_…`, `_prisma_migrations`) are left out. */
export async function readStructure(connection: Connection): Promise<DatabaseStructure> {
  switch (connection.provider) {
    case 'sqlite':
      return await readSqlite(connection)
    case 'postgresql':
      return await readPostgresql(connection)
    case 'mysql':
      return await readMysql(connection)
  }
}
