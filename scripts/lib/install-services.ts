import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { delimiter, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { run, say } from './run.ts'

/** A server that tests speak to. */
interface Service {
  name: string
  /** Where it listens; `undefined` for one that the tests start themselves. */
  port: number | undefined
  /** The program by which it is known to be installed. */
  program: string
  /** Debian's package. */
  package: string
  /** Starts one that is installed, on a machine without systemd. */
  start?: string
}

const services: Service[] = [
  {
    name: 'PostgreSQL',
    port: 5432,
    program: 'pg_ctlcluster',
    package: 'postgresql',
    start: 'pg_ctlcluster --skip-systemctl-redirect $(ls /etc/postgresql | head -1) main start',
  },
  {
    name: 'MariaDB',
    port: 3306,
    program: 'mariadbd',
    package: 'mariadb-server',
    start: 'start-stop-daemon --start --oknodo --background --exec /usr/sbin/mariadbd',
  },
  {
    name: 'Redis',
    port: 6379,
    program: 'redis-server',
    package: 'redis-server',
    start: 'redis-server --daemonize yes --bind 127.0.0.1 --save ""',
  },
  { name: 'Memcached', port: undefined, program: 'memcached', package: 'memcached' },
]

/** Seconds that a server gets to listen. */
const patience = 30

/**
 * Makes sure that the servers are there that tests speak to, installing and starting what is missing where that can be done: as root on Debian.
 *
 * @returns Whether all are there; when not, it has said what to do
 */
export async function ensureServices(): Promise<boolean> {
  const missing: Service[] = []
  for (const service of services) if (!(await isThere(service))) missing.push(service)
  const isOurs = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  if (isOurs) {
    const packages = missing.filter(({ program }) => !isInstalled(program)).map((service) => service.package)
    if (packages.length > 0) {
      say(`Installing ${packages.join(', ')} with apt-get, for the tests`)
      const env = { DEBIAN_FRONTEND: 'noninteractive' }
      await run('apt-get', ['update'], { show: true })
      await run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], { show: true, env })
    }
    for (const service of missing) await start(service)
  }
  const absent: Service[] = []
  for (const service of missing) if (!(await isThere(service))) absent.push(service)
  for (const { name, port, package: debian } of absent)
    console.error(
      port === undefined
        ? `The tests need ${name}: install it so that its program is on the PATH (Debian: apt-get install ${debian}).`
        : `The tests need ${name} on 127.0.0.1:${port}: install and start it (Debian: apt-get install ${debian}).`,
    )
  return absent.length === 0
}

async function start({ name, port, start: command }: Service): Promise<void> {
  if (port === undefined || command === undefined || (await listens(port))) return
  say(`Starting ${name}`)
  // It goes on after the tests, so it must not hold their output open.
  spawn('sh', ['-c', command], { stdio: 'ignore', detached: true }).unref()
  for (let second = 0; second < patience && !(await listens(port)); second++) await delay(1_000)
  // The tests come as root; Debian's PostgreSQL knows its own user only.
  if (name === 'PostgreSQL') spawnSync('su', ['postgres', '-c', 'createuser --superuser root'], { stdio: 'ignore' })
}

async function isThere({ port, program }: Service): Promise<boolean> {
  return port === undefined ? isInstalled(program) : await listens(port)
}

function isInstalled(program: string): boolean {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
  return folders.some((folder) => existsSync(join(folder, program)))
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port })
    const done = (answer: boolean): void => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('connect', () => done(true))
    socket.once('error', () => done(false))
    socket.setTimeout(2_000, () => done(false))
  })
}
