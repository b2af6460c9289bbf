import { isAbsolute, resolve } from 'node:path'
import { HotclubError } from '../core/hotclub-error.ts'

/** A database that Hotclub can open. */
export interface DatabaseTarget {
  provider: 'sqlite'
  /** The absolute path of the file, or `:memory:`. */
  file: string
}

/**
 * Reads a `DATABASE_URL`.
 *
 * `file:./prisma/dev.db` is relative to the project; `file:/data/app.db` is absolute; `file::memory:` lives as long as the
 * connection.
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
  if (scheme !== 'file')
    throw new HotclubError('HC_DATABASE_URL', {
      where: 'DATABASE_URL',
      // The rest of the URL may hold a password.
      message: scheme ? `Databases of the kind '${scheme}:' are not supported yet.` : 'The value is not a URL.',
      hint: 'Use a SQLite file: DATABASE_URL=file:./prisma/dev.db (relative to the project) or file:/absolute/path.db.',
    })
  const path = decodeURI(
    url
      .slice('file:'.length)
      .replace(/\?.*$/s, '')
      .replace(/^\/\/(?=\/)/, ''),
  )
  if (path === ':memory:') return { provider: 'sqlite', file: path }
  if (path === '' || path.endsWith('/'))
    throw new HotclubError('HC_DATABASE_URL', {
      where: 'DATABASE_URL',
      message: `'${url}' names no file.`,
      hint: 'Name the file: DATABASE_URL=file:./prisma/dev.db.',
    })
  return { provider: 'sqlite', file: isAbsolute(path) ? path : resolve(root, path) }
}
