/** The database servers that tests run on, beside SQLite. */
import { connect } from 'node:net'

/** Where tests look for each; the framework's tests know the same variables. */
const servers = {
  postgresql: process.env['TEST_POSTGRESQL_URL'] ?? 'postgresql://root@127.0.0.1:5432',
  mysql: process.env['TEST_MYSQL_URL'] ?? 'mysql://root@127.0.0.1:3306',
}

export type DatabaseServer = keyof typeof servers

/** Those that accept connections. */
export async function runningServers(): Promise<DatabaseServer[]> {
  const names = Object.keys(servers) as DatabaseServer[]
  const answers = await Promise.all(names.map((name) => accepts(new URL(servers[name]))))
  return names.filter((_, index) => answers[index])
}

function accepts({ hostname, port }: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) })
    const done = (answer: boolean): void => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('connect', () => done(true))
    socket.once('error', () => done(false))
    socket.setTimeout(2_000, () => done(false))
  })
}
