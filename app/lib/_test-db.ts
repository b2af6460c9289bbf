/** For tests: a database of its own, with the tables that the migrations make and nothing in them. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Db } from 'hotclub'
import { createDb, setSchema } from 'hotclub/db'

const root = join(import.meta.dirname, '../..')

export type TestDb = Db & {
  /** Closes it and takes it away. */
  remove(): Promise<void>
}

export async function createTestDb(): Promise<TestDb> {
  const folder = mkdtempSync(join(tmpdir(), 'matinee-'))
  const url = `file:${folder}/test.db`
  execFileSync(process.execPath, ['--conditions=hotclub-source', join(root, 'framework/bin/hotclub.js'), 'migrate', 'apply'], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: url },
  })
  const { PrismaClient } = await import('../../prisma/generated/client/client.ts')
  setSchema((await import('../../prisma/generated/metadata.ts')).metadata)
  const db = createDb(url, PrismaClient) as Db
  return Object.assign(db, {
    async remove() {
      await db.$disconnect()
      rmSync(folder, { recursive: true })
    },
  })
}
