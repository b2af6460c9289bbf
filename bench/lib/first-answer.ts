import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

/** Asks without pause until a whole page comes back. */
export async function untilAnswer(url: string, child: ChildProcess): Promise<void> {
  for (;;) {
    try {
      const response = await fetch(url)
      await response.text()
      if (!response.ok) throw new Error(`${url} answered ${response.status}.`)
      return
    } catch (error) {
      const isStarting = error instanceof TypeError && child.exitCode === null
      if (!isStarting) throw error
    }
  }
}
