import { createServer, type AddressInfo, type Server } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { listenNear } from './listen.ts'

const open: Server[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => new Promise((resolve) => server.close(resolve))))
})

function server() {
  const created = createServer()
  open.push(created)
  return created
}

async function taken(host: string) {
  const blocker = server()
  await new Promise<void>((resolve, reject) => blocker.once('error', reject).listen(0, host, resolve))
  return (blocker.address() as AddressInfo).port
}

describe('listenNear', () => {
  it('takes the next port where the wanted one is in use', async () => {
    const port = await taken('127.0.0.1')

    expect(await listenNear(server(), port, '127.0.0.1')).toBeGreaterThan(port)
  })

  it('counts a port as in use that only ::1 has, where browsers look first', async (context) => {
    const port = await taken('::1').catch(() => undefined)
    if (port === undefined) return context.skip()

    expect(await listenNear(server(), port, '127.0.0.1')).toBeGreaterThan(port)
  })

  it('gives any free port for 0', async () => {
    expect(await listenNear(server(), 0, '127.0.0.1')).toBeGreaterThan(0)
  })

  it('does not try the next port when the address is the trouble', async () => {
    await expect(listenNear(server(), 4000, '192.0.2.1')).rejects.toThrow('EADDRNOTAVAIL')
  })
})
