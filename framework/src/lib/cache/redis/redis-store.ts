import { randomUUID } from 'node:crypto'
import type { Redis, RedisOptions } from 'ioredis'
import type { CacheEntry, CacheStore, StoreEvents, StoreKey, StoreTiming, WriteMode } from '../../core/cache.ts'
import { withTimeLimit } from '../time-limit.ts'
import { type ScriptName, scripts } from './scripts.ts'

/** Milliseconds between two questions whether the connection for news still lives, and for an answer. */
const heartbeat = 1_000
const heartbeatLimit = 2_000

/** A message on the channel. Without `n` it tells of keys that were changed. */
interface News {
  by: string
  tags: string[]
  n?: number
  /** The stamp before `n`: another one than was heard last means that something was missed. */
  before?: number
}

/** What the store is made with. */
export interface RedisStoreOptions {
  Redis: new (url: string, options: RedisOptions) => Redis
  url: string
  prefix: string
  timing: StoreTiming
}

/**
 * Entries in Redis. Each tag has a stamp, and an entry the mark at which it began; scripts compare them where they are.
 *
 * One connection is for commands, another one for news. If either is lost, both are made anew.
 */
export class RedisStore implements CacheStore {
  readonly name: string
  readonly hasNews = true
  readonly timing: StoreTiming
  readonly #options: RedisStoreOptions
  readonly #prefix: string
  readonly #id = randomUUID()
  #commands: Redis | undefined
  #subscriber: Redis | undefined
  #beat: NodeJS.Timeout | undefined
  /** The latest stamp that this process knows of: what it reads from now on is not older. */
  #seen = 0
  /** The latest stamp that was heard of on the channel. */
  #heard = 0

  constructor(options: RedisStoreOptions) {
    this.#options = options
    this.timing = options.timing
    // The braces keep all keys in one slot of a cluster.
    this.#prefix = `{${options.prefix}}:`
    this.name = `Redis at ${new URL(options.url).host}`
  }

  async connect(events: StoreEvents): Promise<void> {
    this.#disconnect()
    const commands = (this.#commands = this.#open(events))
    const subscriber = (this.#subscriber = this.#open(events))
    for (const name of Object.keys(scripts) as ScriptName[]) commands.defineCommand(name, { numberOfKeys: 1, lua: scripts[name] })
    await Promise.all([commands.connect(), subscriber.connect()])
    this.#heard = Infinity
    subscriber.on('message', (_, text) => this.#hear(JSON.parse(text) as News, events))
    await subscriber.subscribe(`${this.#prefix}news`)
    const [, run = ''] = /run_id:(\S+)/.exec(await commands.info('server')) ?? []
    this.#seen = this.#heard = Number(await this.#run('open', run, this.#id))
    this.#beat = setInterval(() => {
      withTimeLimit(subscriber.ping(), heartbeatLimit).catch((error: unknown) => {
        if (this.#subscriber === subscriber) events.lost(error)
      })
    }, heartbeat).unref()
  }

  async mark(): Promise<string> {
    return String(this.#seen)
  }

  async read(keys: readonly string[]): Promise<Array<CacheEntry | undefined>> {
    const found = (await this.#run('read', ...keys)) as Array<[string, string, string, string] | null>
    return keys.map((_, place) => {
      const entry = found[place]
      if (!entry) return undefined
      const [text, tags, endsAt, stale] = entry
      return { text, tags: JSON.parse(tags) as string[], endsAt: Number(endsAt), stale: Number(stale) }
    })
  }

  async write({ key, tag }: StoreKey, entry: CacheEntry, mode: WriteMode, mark: string): Promise<boolean> {
    const { text, tags, endsAt, stale } = entry
    const written = await this.#run('write', key, tag, mode, mark, lifeUntil(endsAt), this.#id, text, JSON.stringify(tags), endsAt, stale)
    return written === 1
  }

  async delete(keys: readonly StoreKey[]): Promise<number> {
    const tags = JSON.stringify(keys.map(({ tag }) => tag))
    return Number(await this.#run('remove', tags, this.#id, ...keys.map(({ key }) => key)))
  }

  async touch({ key, tag }: StoreKey, freshUntil: number): Promise<boolean> {
    return (await this.#run('touch', key, tag, lifeUntil(freshUntil), this.#id, freshUntil)) === 1
  }

  async increment(key: string, by: number, endsAt: number): Promise<number> {
    return Number(await this.#run('increment', key, by, lifeUntil(endsAt)))
  }

  async invalidate(tags: readonly string[]): Promise<void> {
    const stamp = Number(await this.#run('invalidate', JSON.stringify(tags), this.#id))
    this.#seen = Math.max(this.#seen, stamp)
  }

  async versions(tags: readonly string[]): Promise<string[]> {
    return (await this.#run('versions', ...tags)) as string[]
  }

  async lock(key: string, milliseconds: number): Promise<boolean> {
    return (await this.#connected.set(`${this.#prefix}l:${key}`, this.#id, 'PX', milliseconds, 'NX')) === 'OK'
  }

  async unlock(key: string): Promise<void> {
    await this.#run('unlock', key, this.#id)
  }

  async close(): Promise<void> {
    this.#disconnect()
  }

  get #connected(): Redis {
    if (!this.#commands) throw new Error('There is no connection.')
    return this.#commands
  }

  #open(events: StoreEvents): Redis {
    const { Redis, url } = this.#options
    const client = new Redis(url, {
      lazyConnect: true,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      // Connecting again is for the guard to do: there are things to be told first.
      retryStrategy: () => null,
    })
    let cause: unknown = new Error('The connection was closed.')
    client.on('error', (error) => (cause = error))
    client.on('end', () => {
      if (client === this.#commands || client === this.#subscriber) events.lost(cause)
    })
    return client
  }

  #disconnect(): void {
    clearInterval(this.#beat)
    const clients = [this.#commands, this.#subscriber]
    this.#commands = this.#subscriber = undefined
    for (const client of clients) client?.disconnect()
  }

  #hear({ n, before = 0, by, tags }: News, events: StoreEvents): void {
    if (n !== undefined && n > this.#heard) {
      if (before > this.#heard) events.missed()
      this.#heard = n
      this.#seen = Math.max(this.#seen, n)
    }
    if (by !== this.#id) events.heard(tags)
  }

  async #run(name: ScriptName, ...args: Array<string | number>): Promise<unknown> {
    const run = Reflect.get(this.#connected, name) as (...args: Array<string | number>) => Promise<unknown>
    return await run.call(this.#commands, this.#prefix, ...args)
  }
}

/** Milliseconds until then; empty where there is no end. */
function lifeUntil(time: number): string {
  return time === Infinity ? '' : String(Math.max(1, Math.ceil(time - Date.now())))
}
