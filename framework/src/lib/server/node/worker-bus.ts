import type { CacheBus } from '../../cache/bus.ts'
import { workerVariables, type SupervisorMessage, type WorkerMessage } from './worker-messages.ts'

/** Carries the news of what was invalidated between the workers of a server; `undefined` in a process that has no fellows. */
export function workerBus(): CacheBus | undefined {
  if (!process.send || !(Number(process.env[workerVariables.workers]) > 1)) return undefined
  return {
    publish(tags) {
      const news: WorkerMessage = { kind: 'news', tags }
      // Without a supervisor this worker is about to stop, and its fellows with it.
      if (process.connected) process.send!(news)
    },
    listen(heard) {
      process.on('message', (message: SupervisorMessage) => {
        if (message.kind === 'news') heard(message.tags)
      })
    },
  }
}
