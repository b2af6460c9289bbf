/** For tests: databases of their own on every kind of server. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseDatabaseUrl, type DatabaseTarget, type Provider } from '../database-url.ts'
import { openConnection } from './connection.ts'

export const providers: readonly Provider[] = ['sqlite', 'postgresql', 'mysql']

/** The servers of the tests, as URLs without the name of a database. */
const servers = {
  postgresql: process.env.TEST_POSTGRESQL_URL ?? 'postgresql://root@127.0.0.1:5432',
  mysql: process.env.TEST_MYSQL_URL ?? 'mysql://root@127.0.0.1:3306',
}

export interface TestDatabase {
  url: string
  target: DatabaseTarget
  /** Takes the database away, if it was made. */
  drop(): Promise<void>
}

/** The URL of a database that does not exist yet, under a random name. */
export function newDatabase(provider: Provider): TestDatabase {
  if (provider === 'sqlite') {
    const folder = mkdtempSync(join(tmpdir(), 'hotclub-database-'))
    return database(`file:${join(folder, 'test.db')}`, async () => rmSync(folder, { recursive: true, force: true }))
  }
  const name = `hotclub_test_${randomBytes(6).toString('hex')}`
  const server = servers[provider]
  return database(`${server}/${name}`, async () => {
    await using connection = await openConnection(parseDatabaseUrl(`${server}/${provider === 'postgresql' ? 'postgres' : 'mysql'}`, '.'))
    await connection.exec(`DROP DATABASE IF EXISTS ${connection.quote(name)}${provider === 'postgresql' ? ' WITH (FORCE)' : ''}`)
  })
}

function database(url: string, drop: () => Promise<void>): TestDatabase {
  return { url, target: parseDatabaseUrl(url, '.'), drop }
}
