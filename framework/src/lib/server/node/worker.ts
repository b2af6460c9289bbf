/** The program of a worker process. The supervisor starts it and speaks to it. */
import { enableCompileCache } from 'node:module'
import { isHotclubError } from '../../core/hotclub-error.ts'
import { runServer } from './run-server.ts'
import { workerVariables, type SupervisorMessage, type WorkerMessage } from './worker-messages.ts'

const tell = (message: WorkerMessage, sent?: () => void): void => {
  if (process.connected) process.send!(message, undefined, {}, sent)
  else sent?.()
}

/**
 * Waits until the supervisor has heard that this worker accepts nothing more. A connection that was on its way to it arrives before the
 * answer and is given back; if the process were gone by then, that visitor would wait for ever.
 */
function farewell(): Promise<void> {
  if (!process.connected) return Promise.resolve()
  return new Promise((resolve) => {
    process.once('disconnect', resolve)
    process.on('message', (message: SupervisorMessage) => {
      if (message.kind === 'end') resolve()
    })
    tell({ kind: 'stopped' })
  })
}

/** Settles when the supervisor wants this worker to stop. Listened for from the start: a message that nobody listens for is lost. */
const stopped = Promise.withResolvers<void>()
process.on('message', (message: SupervisorMessage) => {
  if (message.kind === 'stop') stopped.resolve()
})

// Later starts read what an earlier one has compiled.
enableCompileCache()
const { env } = process
try {
  const server = await runServer({
    root: env[workerVariables.root]!,
    port: Number(env[workerVariables.port]),
    ...(env[workerVariables.host] ? { host: env[workerVariables.host]! } : {}),
    sharedLog: env[workerVariables.workers] !== '1',
    onBroken: () => tell({ kind: 'broken' }),
    beforeExit: farewell,
  })
  void stopped.promise.then(() => server.stop())
  // The supervisor is gone; nobody would ever stop or replace this process.
  process.on('disconnect', () => void server.stop())
  let asked = 0
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => (++asked > 1 ? process.exit(1) : void server.stop()))
  // Of the supervisor's concern only.
  process.on('SIGHUP', () => {})
  server.log.info({ port: server.port }, 'A worker listens.')
  await server.warm
  tell({ kind: 'ready', port: server.port })
} catch (error) {
  const text = isHotclubError(error) ? error.toString() : error instanceof Error ? (error.stack ?? String(error)) : String(error)
  tell({ kind: 'failed', text }, () => process.exit(1))
}
