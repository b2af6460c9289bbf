import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createDb } from './client.ts'
import type { MigrateOptions } from './migrate/status.ts'

/** A client of the app, as far as everybody uses it. */
interface Closable {
  $disconnect(): Promise<void>
}

interface GeneratedClient {
  PrismaClient: new (options: object) => Closable
}

/** Runs something with the app's own client, as `hotclub generate` has written it, and closes it after. */
export async function withClient<T>({ root, url }: MigrateOptions, run: (db: Closable) => Promise<T>): Promise<T> {
  const { PrismaClient } = (await import(pathToFileURL(join(root, 'prisma/generated/client/client.ts')).href)) as GeneratedClient
  const db = createDb(url, PrismaClient, { root })
  try {
    return await run(db)
  } finally {
    await db.$disconnect()
  }
}
