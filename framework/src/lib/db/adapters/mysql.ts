/** MySQL and MariaDB by Prisma's adapter, with the settings that a `DATABASE_URL` carries. */
import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import type { PoolConfig } from 'mariadb'
import { mysqlTls } from '../connection/mysql-tls.ts'
import { requireDriver } from '../connection/open-error.ts'
import { readPoolSettings } from './pool-settings.ts'

type Driver = typeof import('@prisma/adapter-mariadb')

/**
 * Opens a pool of connections for a Prisma client, when the first query comes.
 *
 * @throws {HotclubError} `HC_DATABASE_DRIVER` when the adapter is not installed, `HC_DATABASE_URL` when a setting is wrong
 */
export function createMysqlAdapter(url: URL): SqlDriverAdapterFactory {
  const { PrismaMariaDb } = requireDriver<Driver>('@prisma/adapter-mariadb')
  return new PrismaMariaDb(poolConfig(url))
}

function poolConfig(url: URL): PoolConfig {
  const { connections, poolTimeout, connectTimeout, socketTimeout } = readPoolSettings(url)
  const socketPath = url.searchParams.get('socket')
  return {
    // Without the brackets of an IPv6 address.
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(url.port || 3306),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    ...(socketPath === null ? {} : { socketPath }),
    connectionLimit: connections,
    // As many as are used; the driver would else open all at once.
    minimumIdle: 1,
    idleTimeout: 60,
    acquireTimeout: poolTimeout,
    connectTimeout,
    ...(socketTimeout === undefined ? {} : { socketTimeout }),
    keepAliveDelay: 10_000,
    // Every session thinks in UTC: a TIMESTAMP would else be read and written in the server's zone.
    timezone: 'Z',
    // As everywhere else: what others have committed is seen, and rows that are not there are not locked.
    initSql: 'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
    // MySQL 8 asks for it where the connection is not encrypted.
    allowPublicKeyRetrieval: true,
    ...mysqlTls(url),
  }
}
