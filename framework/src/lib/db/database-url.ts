import { isAbsolute, resolve } from 'node:path'
import { HotclubError } from '../core/hotclub-error.ts'

/** A kind of database, as Prisma's datasources call it. */
export type Provider = 'sqlite' | 'postgresql' | 'mysql'

/** A database that Hotclub can open. */
export type DatabaseTarget =
  | {
      provider: 'sqlite'
      /** The absolute path of the file, or `:memory:`. */
      file: string
    }
  | {
      provider: 'postgresql' | 'mysql'
      /** As it was given, with its password: never shown. */
      url: URL
    }

/** The schemes of a URL, and what they stand for. */
const servers: Readonly<Record<string, 'postgresql' | 'mysql'>> = {
  postgresql: 'postgresql',
  postgres: 'postgresql',
  mysql: 'mysql',
  mariadb: 'mysql',
}

/**
 * Reads a `DATABASE_URL`.
 *
 * `file:./prisma/dev.db` is relative to the project; `file:/data/app.db` is absolute; `file::memory:` lives as long as the
 * connection. `postgresql://user:password@host:5432/name` (or `postgres:`) and `mysql://user:password@host:3306/name` (or `mariadb:`) name a
 * server.
 *
 * @param root The project's folder
 * @throws {HotclubError} `HC_DATABASE_URL` when it is missing or names another database
 */
export function parseDatabaseUrl(url: string | undefined, root: string): DatabaseTarget {
  if (!url)
    throw new HotclubError('HC_DATABASE_URL', {
      where: 'environment',
      message: 'DATABASE_URL is not set.',
      hint: 'Set it in .env or in the environment, for example DATABASE_URL=file:./prisma/dev.db.',
    })
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase()
  if (scheme === 'file') return { provider: 'sqlite', file: fileOf(url, root) }
  const provider = scheme === undefined ? undefined : servers[scheme]
  // The rest of the URL may hold a password, so no message repeats it.
  if (provider === undefined)
    throw new HotclubError('HC_DATABASE_URL', {
      where: 'DATABASE_URL',
      message: scheme ? `There are no databases of the kind '${scheme}:' here.` : 'The value is not a URL.',
      hint: 'Use file:./prisma/dev.db (SQLite), postgresql://user:password@host:5432/name or mysql://user:password@host:3306/name.',
    })
  return { provider, url: serverOf(url, provider) }
}

function serverOf(text: string, provider: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && url.pathname.length > 1) return url
  throw new HotclubError('HC_DATABASE_URL', {
    where: 'DATABASE_URL',
    message: url
      ? 'The URL names no database.'
      : 'The URL cannot be read. Special characters of a password are percent-encoded (`@` is `%40`).',
    hint: `Write ${provider}://user:password@host/name.`,
  })
}

function fileOf(url: string, root: string): string {
  const path = decodeURI(
    url
      .slice('file:'.length)
      .replace(/\?.*$/s, '')
      .replace(/^\/\/(?=\/)/, ''),
  )
  if (path === ':memory:') return path
  if (path === '' || path.endsWith('/'))
    throw new HotclubError('HC_DATABASE_URL', {
      where: 'DATABASE_URL',
      message: `'${url}' names no file.`,
      hint: 'Name the file: DATABASE_URL=file:./prisma/dev.db.',
    })
  return isAbsolute(path) ? path : resolve(root, path)
}
