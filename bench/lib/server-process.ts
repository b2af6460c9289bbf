import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

/** A server in a process of its own. */
export interface ServerProcess {
  name: string
  url: string
  /** CPU seconds that the serving process has used so far. */
  cpu(): number
  stop(): Promise<void>
}

/**
 * Starts a server and waits for the line of JSON on its output that has `port` and `pid`.
 *
 * @param args What `node` gets
 */
export async function startServer(name: string, args: string[], cwd: string, env: Record<string, string>): Promise<ServerProcess> {
  const child = spawn(process.execPath, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] })
  const { port, pid } = await announced(child)
  return {
    name,
    url: `http://127.0.0.1:${port}`,
    cpu: () => cpuSeconds(pid),
    async stop() {
      child.kill()
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}

async function announced(child: ChildProcess): Promise<{ port: number; pid: number }> {
  const found = Promise.withResolvers<{ port: number; pid: number }>()
  // The rest of the log is read and dropped, as a log collector would.
  createInterface({ input: child.stdout! }).on('line', (line) => {
    if (line.startsWith('{') && line.includes('"port"')) found.resolve(JSON.parse(line) as { port: number; pid: number })
  })
  child.once('exit', (code) => found.reject(new Error(`A server ended at its start with code ${code}.`)))
  return await found.promise
}

/** User and system time of a process, from the kernel's own accounting (Linux: ticks of 10 ms). */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}
