/** PostgreSQL by Prisma's adapter, with the settings that a `DATABASE_URL` carries. */
import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import { requireDriver } from '../connection/open-error.ts'
import { readPoolSettings } from './pool-settings.ts'

type Driver = typeof import('@prisma/adapter-pg')

/**
 * Opens a pool of connections for a Prisma client, when the first query comes.
 *
 * @throws {HotclubError} `HC_DATABASE_DRIVER` when the adapter is not installed, `HC_DATABASE_URL` when a setting is wrong
 */
export function createPostgresAdapter(url: URL): SqlDriverAdapterFactory {
  const { PrismaPg } = requireDriver<Driver>('@prisma/adapter-pg')
  const { connections, poolTimeout, connectTimeout, socketTimeout } = readPoolSettings(url)
  const schema = url.searchParams.get('schema')
  return new PrismaPg(
    {
      connectionString: connectionString(url, schema),
      max: connections,
      // The driver has one clock for both: the wait for a free connection, and the making of a new one.
      connectionTimeoutMillis: Math.min(poolTimeout, connectTimeout),
      ...(socketTimeout === undefined ? {} : { query_timeout: socketTimeout }),
      // Without it nobody notices a network that has gone, and a query waits forever.
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    },
    schema === null ? {} : { schema },
  )
}

/**
 * The URL as the driver reads it. `sslmode` means what it means to `psql`, and every session thinks in UTC: a time without zone, as Prisma sends
 * all of them, would else be one of the server's zone in a column that has zones.
 */
function connectionString(url: URL, schema: string | null): string {
  const rest = new URL(url)
  const { searchParams } = rest
  const options = [
    searchParams.get('options'),
    '-c TimeZone=UTC',
    schema === null ? null : `-c search_path="${schema.replace(/([\\ ])/g, '\\$1')}"`,
  ]
  searchParams.set('options', options.filter((option) => option !== null).join(' '))
  searchParams.set('uselibpqcompat', 'true')
  return rest.href
}
