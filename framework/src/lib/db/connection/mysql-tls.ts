import { readFileSync } from 'node:fs'
import type { ConnectionConfig } from 'mariadb'

/**
 * How a connection to MySQL is encrypted, in Prisma's words: `sslaccept=strict` holds the server to its certificate, `accept_invalid_certs`
 * takes any, `sslcert` is the file of an authority of its own. Without either there is no encryption.
 */
export function mysqlTls({ searchParams }: URL): Pick<ConnectionConfig, 'ssl'> {
  const accept = searchParams.get('sslaccept')
  const authority = searchParams.get('sslcert')
  if (accept === null && authority === null) return {}
  return {
    ssl: { rejectUnauthorized: accept !== 'accept_invalid_certs', ...(authority === null ? {} : { ca: readFileSync(authority, 'utf8') }) },
  }
}
