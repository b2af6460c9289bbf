/** What a worker tells its supervisor. */
export type WorkerMessage =
  | { kind: 'ready'; port: number }
  /** It could not start; another try would end the same way. */
  | { kind: 'failed'; text: string }
  /** Something was thrown that nobody handled: it needs a successor, and serves until that one does. */
  | { kind: 'broken' }
  /** What is kept in memory and was made from one of these is worth nothing any more, in all workers. */
  | { kind: 'news'; tags: readonly string[] }
  /** It accepts nothing more and has answered all it had; it ends when told to. */
  | { kind: 'stopped' }

/** What a rate limiter tells and asks the process that counts for all workers. */
export interface CountMessage {
  channel: string
}

/** What a supervisor tells a worker. */
export type SupervisorMessage = { kind: 'stop' } | { kind: 'end' } | { kind: 'news'; tags: readonly string[] }

/** The environment variables that carry the options to a worker. */
export const workerVariables = {
  root: 'HOTCLUB_ROOT',
  port: 'HOTCLUB_PORT',
  host: 'HOTCLUB_HOST',
  workers: 'HOTCLUB_WORKERS',
  /** One secret for all workers of a start, for an app that has none of its own. */
  secret: 'HOTCLUB_SECRET',
} as const
