import type { Connection } from '../connection/types.ts'
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
      throw new Error('MySQL is read by B')
  }
}
