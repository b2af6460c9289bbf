/** For tests of this area: a way to a server that can be cut. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A proxy on a port of its own. */
export interface Proxy {
  readonly port: number
  /** Whether somebody is connected. */
  readonly isUsed: boolean
  /** Ends every connection and takes no new ones. */
  cut(): void
  /** Lets nothing through, without a word to anybody. */
  stall(): void
  mend(): void
  close(): Promise<void>
}

/** Starts a proxy to a port of this machine. */
export async function startProxy(target: number): Promise<Proxy> {
  const sockets = new Set<Socket>()
  let state: 'open' | 'cut' | 'stalled' = 'open'
  const pass = (from: Socket, to: Socket): void => {
    sockets.add(from)
    from.on('data', (data) => state === 'stalled' || to.write(data))
    from.on('error', () => undefined)
    from.on('close', () => {
      sockets.delete(from)
      to.destroy()
    })
  }
  const server = createServer((client) => {
    if (state === 'cut') return client.destroy()
    const upstream = connect(target, '127.0.0.1')
    pass(client, upstream)
    pass(upstream, client)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = (): void => sockets.forEach((socket) => socket.destroy())
  return {
    port: (server.address() as AddressInfo).port,
    get isUsed() {
      return sockets.size > 0
    },
    cut() {
      state = 'cut'
      cut()
    },
    stall: () => void (state = 'stalled'),
    mend() {
      // What was lost on the way cannot come later: such a connection is of no use any more.
      if (state === 'stalled') cut()
      state = 'open'
    },
    async close() {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}
