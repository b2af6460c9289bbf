import type { MigrateOptions } from '../../db/migrate.ts'

/** The database of development when `DATABASE_URL` says nothing. */
const developmentUrl = 'file:./prisma/dev.db'

/** The project in the current folder, and its database: in production `DATABASE_URL` must be set. */
export function currentProject(): MigrateOptions {
  const url = process.env.DATABASE_URL || (process.env.NODE_ENV === 'production' ? undefined : developmentUrl)
  return { root: process.cwd(), url }
}
