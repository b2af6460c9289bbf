/**
 * Keeps a number of workers running: replaces one that ends, restarts them in turn on SIGHUP, stops them all on SIGTERM and SIGINT.
 * It serves nothing itself and loads next to nothing, so that it starts quickly and does not break.
 */
import cluster, { type Worker } from 'node:cluster'
import { fileURLToPath } from 'node:url'
import { HotclubError } from '../../core/hotclub-error.ts'
import { createSecret } from '../secrets.ts'
import { workerVariables, type CountMessage, type SupervisorMessage, type WorkerMessage } from './worker-messages.ts'

export interface SuperviseOptions {
  /** The project's folder. */
  root: string
  workers: number
  port: number
  host?: string
}

/** So many workers in a row that end before they serve, and starting another one leads nowhere. */
const maxFailedStarts = 3
/** A worker that breaks within this many milliseconds of its start is replaced after a pause only. */
const shortLife = 2_000
/** Milliseconds of the first pause; each further one doubles it, up to the longest. */
const firstPause = 100
const longestPause = 5_000

/**
 * Runs workers until a signal or a hopeless start ends them.
 *
 * @returns When all workers have stopped after a signal
 * @throws {HotclubError} `HC_WORKERS` when workers end again and again before they serve
 * @throws {Error} What kept the first worker from starting, as that worker tells it
 */
export async function supervise(options: SuperviseOptions): Promise<void> {
  await new Supervisor(options).run()
}

interface Member {
  worker: Worker
  since: number
  ready: boolean
  /** Set when its successor is on its way, or none is wanted. */
  leaving: boolean
}

class Supervisor {
  readonly #options: SuperviseOptions
  readonly #members = new Set<Member>()
  #failedStarts = 0
  #shortLives = 0
  #everReady = false
  #stopping = false
  #finish: (error?: Error) => void = () => {}
  #isCounting = false
  /** What came before counting could begin. */
  #uncounted: Array<() => void> | undefined

  constructor(options: SuperviseOptions) {
    this.#options = options
  }

  async run(): Promise<void> {
    const { root, workers, port, host } = this.#options
    // With one worker it may accept by itself; several get connections in turn.
    cluster.schedulingPolicy = workers === 1 ? cluster.SCHED_NONE : cluster.SCHED_RR
    const own = fileURLToPath(import.meta.url)
    cluster.setupPrimary({ exec: own.replace(/supervisor(\.\w+)$/, 'worker$1'), args: [] })
    const environment = {
      [workerVariables.root]: root,
      [workerVariables.port]: String(port),
      [workerVariables.host]: host ?? '',
      [workerVariables.workers]: String(workers),
      [workerVariables.secret]: process.env[workerVariables.secret] ?? createSecret(),
      NODE_ENV: process.env['NODE_ENV'] ?? 'production',
    }
    const ended = new Promise<void>((resolve, reject) => {
      this.#finish = (error) => (error ? reject(error) : resolve())
    })
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => this.#onSignal())
    process.on('SIGHUP', () => this.#restart(environment))
    for (let i = 0; i < workers; i++) this.#start(environment)
    await ended
  }

  /** Starts a worker. Once it serves, `old` may go. */
  #start(environment: Record<string, string>, old?: Worker): Member {
    const member: Member = { worker: cluster.fork(environment), since: performance.now(), ready: false, leaving: false }
    this.#members.add(member)
    member.worker.on('message', (message: WorkerMessage | CountMessage) => {
      this.#onMessage(member, message, environment)
      if ('kind' in message && message.kind === 'ready' && old !== undefined) send(old, { kind: 'stop' })
    })
    member.worker.on('exit', () => this.#onExit(member, environment))
    return member
  }

  #onMessage(member: Member, message: WorkerMessage | CountMessage, environment: Record<string, string>): void {
    if ('channel' in message) this.#count(member, message)
    else if (message.kind === 'ready') {
      if (!this.#everReady) console.error(`Hotclub serves http://localhost:${message.port} with ${workersText(this.#options.workers)}.`)
      this.#everReady = true
      this.#failedStarts = 0
      member.ready = true
    } else if (message.kind === 'news') {
      for (const { worker } of this.#members) if (worker !== member.worker) send(worker, message)
    } else if (message.kind === 'broken') this.#replace(member, environment)
    else if (message.kind === 'stopped') send(member.worker, { kind: 'end' })
    else if (!this.#everReady) this.#giveUp(new StartError(message.text))
    else console.error(message.text)
  }

  /** Rate limits are counted here, for all workers together. Loaded with the first one: most apps have none. */
  #count({ worker }: Member, message: CountMessage): void {
    if (this.#isCounting) return
    if (this.#uncounted === undefined) {
      this.#uncounted = []
      void import('rate-limiter-flexible').then(({ RateLimiterClusterMaster }) => {
        // From here on it listens by itself.
        new RateLimiterClusterMaster()
        this.#isCounting = true
        for (const emit of this.#uncounted!.splice(0)) emit()
      })
    }
    this.#uncounted.push(() => cluster.emit('message', worker, message))
  }

  #onExit(member: Member, environment: Record<string, string>): void {
    this.#members.delete(member)
    if (this.#stopping) {
      if (this.#members.size === 0) this.#finish()
    } else this.#replace(member, environment)
  }

  /** Starts a successor, once for each worker: at once, or after a pause when workers do not live long. */
  #replace(member: Member, environment: Record<string, string>): void {
    if (member.leaving || this.#stopping) return
    member.leaving = true
    if (!member.ready && ++this.#failedStarts >= maxFailedStarts) {
      const message = `${maxFailedStarts} workers in a row ended before they could serve.`
      return this.#giveUp(
        new HotclubError('HC_WORKERS', { where: 'hotclub start', message, hint: 'What they wrote before they ended says why.' }),
      )
    }
    this.#shortLives = performance.now() - member.since < shortLife ? this.#shortLives + 1 : 0
    const pause = this.#shortLives === 0 ? 0 : Math.min(longestPause, firstPause * 2 ** (this.#shortLives - 1))
    setTimeout(() => this.#stopping || this.#start(environment, member.worker), pause)
  }

  #giveUp(error: Error): void {
    if (this.#stopping) return
    this.#stop()
    this.#finish(error)
  }

  #onSignal(): void {
    if (this.#stopping) {
      for (const { worker } of this.#members) worker.process.kill('SIGKILL')
      process.exit(1)
    }
    this.#stop()
    if (this.#members.size === 0) this.#finish()
  }

  #stop(): void {
    this.#stopping = true
    for (const { worker } of this.#members) send(worker, { kind: 'stop' })
  }

  /** Replaces the workers one by one, each only when its successor answers. */
  #restart(environment: Record<string, string>): void {
    const queue = [...this.#members].filter(({ leaving }) => !leaving)
    const next = (): void => {
      const old = queue.shift()
      if (old === undefined || this.#stopping) return
      if (old.leaving) return next()
      old.leaving = true
      const successor = this.#start(environment, old.worker)
      // One that does not come up is not replaced: the old one stays when there is no better one.
      successor.leaving = true
      successor.worker.on('message', (message: WorkerMessage | CountMessage) => {
        if (!('kind' in message) || message.kind !== 'ready') return
        successor.leaving = false
        next()
      })
      successor.worker.once('exit', () => {
        if (!successor.ready) old.leaving = false
      })
    }
    next()
  }
}

function send(worker: Worker, message: SupervisorMessage): void {
  if (worker.isConnected()) worker.send(message)
}

function workersText(count: number): string {
  return count === 1 ? '1 worker' : `${count} workers`
}

/** What a worker could not start for; its text is all there is to say. */
class StartError extends Error {
  constructor(text: string) {
    super(text)
    this.stack = text
  }
}
