import { createServer, type AddressInfo, type Server } from 'node:net'

const TRIES = 50

/**
 * Makes a server listen on a port, or on the next one that is free.
 *
 * @returns The port it listens on
 */
export async function listenNear(server: Server, port: number, host: string): Promise<number> {
  for (let next = port; ; next++) {
    try {
      // Browsers take `localhost` for ::1 first: whoever listens there would get our visitors.
      if (host === '127.0.0.1' && next !== 0) await probe(next, '::1')
      return await listen(server, next, host)
    } catch (error) {
      if (!hasCode(error, 'EADDRINUSE') || next - port >= TRIES) throw error
    }
  }
}

/** Fails with `EADDRINUSE` when something listens there. An address that the machine does not have is free. */
async function probe(port: number, host: string): Promise<void> {
  const server = createServer()
  try {
    await listen(server, port, host)
  } catch (error) {
    if (hasCode(error, 'EADDRINUSE')) throw error
    return
  }
  await new Promise((resolve) => server.close(resolve))
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
