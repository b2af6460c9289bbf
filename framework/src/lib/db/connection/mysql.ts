import type { Connection as DriverConnection, ConnectionConfig } from 'mariadb'
import { mysqlTls } from './mysql-tls.ts'
import { openError, requireDriver } from './open-error.ts'
import { quoteName } from './quote.ts'
import type { Connection } from './types.ts'
import { withPlainIntegers } from './values.ts'

/** `jsonStrings`: the driver's types lack it. */
type Config = ConnectionConfig & { jsonStrings: boolean }
interface Driver {
  createConnection(config: Config): Promise<DriverConnection>
}

/** Opens a database of a MySQL or MariaDB server; `undefined` where it is missing and is not to be created. */
export async function openMysql(url: URL, create: boolean): Promise<Connection | undefined> {
  const driver = requireDriver<Driver>('mariadb')
  const connection = (await connect(driver, url)) ?? (create ? await createAndConnect(driver, url) : undefined)
  if (!connection) return undefined
  const close = (): Promise<void> => connection.end()
  return {
    provider: 'mysql',
    exec: async (script) => void (await connection.query(script)),
    async rows<T>(sql: string, ...values: readonly unknown[]) {
      const result: unknown = await connection.query(sql, values.length === 0 ? undefined : [...values])
      return Array.isArray(result) ? (result.map(withPlainIntegers) as T[]) : []
    },
    async transaction(change) {
      await connection.query('START TRANSACTION')
      try {
        const result = await change()
        await connection.query('COMMIT')
        return result
      } catch (error) {
        // A connection that is gone has rolled back by itself; the first error is the one to tell.
        await connection.query('ROLLBACK').catch(() => {})
        throw error
      }
    },
    quote,
    close,
    [Symbol.asyncDispose]: close,
  }
}

function quote(name: string): string {
  return quoteName('mysql', name)
}

/** `undefined` where the server has no such database. */
async function connect(driver: Driver, url: URL, database: string | undefined = nameOf(url)): Promise<DriverConnection | undefined> {
  try {
    return await driver.createConnection(configOf(url, database))
  } catch (error) {
    if (error instanceof Error && 'errno' in error && error.errno === 1049) return undefined
    throw openError({ provider: 'mysql', url }, error)
  }
}

async function createAndConnect(driver: Driver, url: URL): Promise<DriverConnection> {
  try {
    const server = await driver.createConnection(configOf(url, undefined))
    await server.query(`CREATE DATABASE IF NOT EXISTS ${quote(nameOf(url))} CHARACTER SET utf8mb4`)
    await server.end()
    return (await connect(driver, url))!
  } catch (error) {
    throw openError({ provider: 'mysql', url }, error)
  }
}

function nameOf(url: URL): string {
  return decodeURIComponent(url.pathname.slice(1))
}

function configOf(url: URL, database: string | undefined): Config {
  const socketPath = url.searchParams.get('socket')
  return {
    // Without the brackets of an IPv6 address.
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(url.port || 3306),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    ...(database === undefined ? {} : { database }),
    ...(socketPath === null ? {} : { socketPath }),
    ...mysqlTls(url),
    multipleStatements: true,
    allowPublicKeyRetrieval: true,
    timezone: 'Z',
    dateStrings: true,
    jsonStrings: true,
    checkDuplicate: false,
  }
}
