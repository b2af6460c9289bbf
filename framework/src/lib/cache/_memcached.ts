/** For tests of this area: a Memcached of their own. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

/** Whether there is one to start. Where tests decide what is merged there must be. */
export const hasMemcached: boolean = Boolean(process.env['CI']) || spawnSync('memcached', ['-V']).status === 0

/** A server on a free port. */
export interface TestMemcached {
  readonly port: number
  stop(): Promise<void>
}

/** Starts a server and waits until it answers. */
export async function startMemcached(): Promise<TestMemcached> {
  const port = await freePort()
  const child = spawn('memcached', ['-l', '127.0.0.1', '-p', String(port), '-u', 'nobody', '-m', '64'], { stdio: 'ignore' })
  const ended = once(child, 'exit')
  while (!(await answers(port))) await delay(20)
  return {
    port,
    async stop() {
      child.kill()
      await ended
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
