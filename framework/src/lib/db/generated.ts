/** What `hotclub generate` has written, for commands that work on the database of an app. Node strips the types by itself. */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { SchemaMetadata } from '../schema/types.ts'
import { setReceivers, type RowReceiver } from './client/receivers.ts'
import { createDb } from './client.ts'
import type { MigrateOptions } from './migrate/status.ts'

/** A client that is closed by whoever has opened it. */
interface Closable {
  $disconnect(): Promise<void>
}

/**
 * Runs something with the app's own client, and closes it after. A process that has done so before gets the client as it was then.
 *
 * @param receivers Who is told what it does to rows
 */
export async function withClient<Client, T>(
  { root, url }: MigrateOptions,
  run: (db: Client) => Promise<T>,
  receivers: readonly RowReceiver[] = [],
): Promise<T> {
  const file = pathToFileURL(join(root, 'prisma/generated/client/client.ts'))
  const { PrismaClient } = (await import(file.href)) as { PrismaClient: new (options: object) => Client & Closable }
  const db = createDb(url, PrismaClient, { root, schema: await readGeneratedSchema(root) })
  setReceivers(db, receivers)
  try {
    return await run(db)
  } finally {
    await db.$disconnect()
  }
}

/** Reads the models of the schema, as they are now. */
export async function readGeneratedSchema(root: string): Promise<SchemaMetadata> {
  const file = join(root, 'prisma/generated/metadata.ts')
  // Node would give a file that it has imported before as it was then.
  const { metadata } = (await import(`${pathToFileURL(file).href}?changed=${Math.round(statSync(file).mtimeMs)}`)) as {
    metadata: SchemaMetadata
  }
  return metadata
}
