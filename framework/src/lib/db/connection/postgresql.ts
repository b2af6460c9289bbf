import type { ClientConfig, Client as PgClient, CustomTypesConfig } from 'pg'
import { openError, requireDriver } from './open-error.ts'
import { numberPlaceholders } from './placeholders.ts'
import { quoteName } from './quote.ts'
import type { Connection } from './types.ts'
import { plainInteger } from './values.ts'

type ClientClass = new (config: ClientConfig) => PgClient

/** The numbers of PostgreSQL's types whose values are not left as text. */
const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  16: (text) => text === 't', // bool
  17: (text) => Buffer.from(text.slice(2), 'hex'), // bytea
  20: (text) => plainInteger(BigInt(text)), // int8
  21: Number, // int2
  23: Number, // int4
  26: Number, // oid
  700: Number, // float4
  701: Number, // float8
}
const types: CustomTypesConfig = { getTypeParser: (oid: number) => parsers[oid] ?? ((text: string) => text) }

/** Opens a database of a PostgreSQL server; `undefined` where it is missing and is not to be created. */
export async function openPostgres(url: URL, create: boolean): Promise<Connection | undefined> {
  const Client = requireDriver<{ Client: ClientClass }>('pg').Client
  const client = (await connect(Client, url)) ?? (create ? await createAndConnect(Client, url) : undefined)
  if (!client) return undefined
  await settle(client, schemaOf(url), create)
  const close = (): Promise<void> => client.end()
  return {
    provider: 'postgresql',
    exec: async (script) => void (await client.query(script)),
    async rows<T>(sql: string, ...values: readonly unknown[]) {
      const result = values.length === 0 ? await client.query(sql) : await client.query(numberPlaceholders(sql), [...values])
      return result.rows as T[]
    },
    async transaction(change) {
      await client.query('BEGIN')
      try {
        const result = await change()
        await client.query('COMMIT')
        return result
      } catch (error) {
        // A connection that is gone has rolled back by itself; the first error is the one to tell.
        await client.query('ROLLBACK').catch(() => {})
        throw error
      }
    },
    quote,
    close,
    [Symbol.asyncDispose]: close,
  }
}

function quote(name: string): string {
  return quoteName('postgresql', name)
}

/** `undefined` where the server has no such database. */
async function connect(Client: ClientClass, url: URL): Promise<PgClient | undefined> {
  const client = new Client(configOf(url))
  // Told to whoever has a query running; between two queries nobody listens, and Node would end the process.
  client.on('error', () => {})
  try {
    await client.connect()
    return client
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '3D000') return undefined
    throw openError({ provider: 'postgresql', url }, error)
  }
}

async function createAndConnect(Client: ClientClass, url: URL): Promise<PgClient> {
  const maintenance = new URL(url)
  maintenance.pathname = '/postgres'
  try {
    const server = await connect(Client, maintenance)
    if (!server) throw new Error("it does not exist, and there is no database 'postgres' to create it from")
    // Another process may create it at the same time.
    await server.query(`CREATE DATABASE ${quote(nameOf(url))}`).catch((error: unknown) => {
      if (!isDuplicate(error)) throw error
    })
    await server.end()
    return (await connect(Client, url))!
  } catch (error) {
    throw openError({ provider: 'postgresql', url }, error)
  }
}

function isDuplicate(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === '42P04' || error.code === '23505')
}

function nameOf(url: URL): string {
  return decodeURIComponent(url.pathname.slice(1))
}

/** `schema` is Prisma's way to name another schema than `public`. */
function schemaOf(url: URL): string | null {
  return url.searchParams.get('schema')
}

function configOf(url: URL): ClientConfig {
  const rest = new URL(url)
  rest.searchParams.delete('schema')
  // `sslmode` means what it means to `psql`.
  rest.searchParams.set('uselibpqcompat', 'true')
  return { connectionString: rest.href, types }
}

/** How the database writes values, and where it looks for tables. */
async function settle(client: PgClient, schema: string | null, create: boolean): Promise<void> {
  const settings = ["SET TIME ZONE 'UTC'", 'SET DateStyle TO ISO', 'SET bytea_output TO hex', 'SET client_min_messages TO warning']
  if (schema !== null && create) settings.push(`CREATE SCHEMA IF NOT EXISTS ${quote(schema)}`)
  if (schema !== null) settings.push(`SET search_path TO ${quote(schema)}`)
  await client.query(settings.join(';'))
}
