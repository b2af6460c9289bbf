import type { StoreTiming } from '../../core/cache.ts'
import type { PlainStore } from './plain-store.ts'

/** Stands for no end: databases have dates alone. */
const never = new Date('9999-12-31T00:00:00Z')
/** One write of so many takes away what has ended. */
const cleaning = 200

interface Row {
  key: string
  value: Uint8Array
  count: number
  endsAt: Date
}

/** The model `CacheEntry` of the app's client. */
export interface CacheDb {
  cacheEntry: {
    findMany(args: { where: object; select: object }): Promise<Row[]>
    create(args: { data: Row }): Promise<Row>
    update(args: { where: object; data: object }): Promise<Row>
    updateMany(args: { where: object; data: object }): Promise<{ count: number }>
    deleteMany(args: { where: object }): Promise<{ count: number }>
  }
}

/** A table of the app's database as a store. */
export class DatabaseStore implements PlainStore {
  readonly name = 'the table CacheEntry'
  readonly timing: StoreTiming = { timeout: 2_000, grace: 2_000 }
  readonly #db: CacheDb

  constructor(db: CacheDb) {
    this.#db = db
  }

  async ping(): Promise<void> {
    await this.get([''])
  }

  async get(keys: readonly string[]): Promise<Array<string | undefined>> {
    if (keys.length === 0) return []
    const rows = await this.#db.cacheEntry.findMany({
      where: { key: { in: [...keys] }, endsAt: { gt: new Date() } },
      select: { key: true, value: true },
    })
    const texts = new Map(rows.map(({ key, value }) => [key, Buffer.from(value).toString('utf8')]))
    return keys.map((key) => texts.get(key))
  }

  async set(key: string, text: string, endsAt: number): Promise<boolean> {
    const row = rowOf(key, text, endsAt)
    // Whoever else creates or deletes it at the same time is as right.
    for (;;) {
      if ((await this.#db.cacheEntry.updateMany({ where: { key }, data: row })).count > 0) return true
      if (await this.#create(row)) return true
    }
  }

  async add(key: string, text: string, endsAt: number): Promise<boolean> {
    await this.#db.cacheEntry.deleteMany({ where: { key, endsAt: { lte: new Date() } } })
    return await this.#create(rowOf(key, text, endsAt))
  }

  async replace(key: string, text: string, endsAt: number): Promise<boolean> {
    const where = { key, endsAt: { gt: new Date() } }
    return (await this.#db.cacheEntry.updateMany({ where, data: rowOf(key, text, endsAt) })).count > 0
  }

  async delete(key: string): Promise<boolean> {
    return (await this.#db.cacheEntry.deleteMany({ where: { key } })).count > 0
  }

  async increment(key: string, by: number, endsAt: number): Promise<number> {
    for (;;) {
      try {
        const where = { key, endsAt: { gt: new Date() } }
        return (await this.#db.cacheEntry.update({ where, data: { count: { increment: by } } })).count
      } catch (error) {
        if (codeOf(error) !== 'P2025') throw error
      }
      await this.#db.cacheEntry.deleteMany({ where: { key, endsAt: { lte: new Date() } } })
      if (await this.#create({ ...rowOf(key, '', endsAt), count: by })) return by
    }
  }

  /** The client is the app's. */
  async close(): Promise<void> {}

  /** @returns `false` where there is one */
  async #create(row: Row): Promise<boolean> {
    if (Math.random() < 1 / cleaning) await this.#db.cacheEntry.deleteMany({ where: { endsAt: { lte: new Date() } } })
    try {
      await this.#db.cacheEntry.create({ data: row })
      return true
    } catch (error) {
      if (codeOf(error) !== 'P2002') throw error
      return false
    }
  }
}

function rowOf(key: string, text: string, endsAt: number): Row {
  return { key, value: Buffer.from(text), count: 0, endsAt: endsAt < never.getTime() ? new Date(endsAt) : never }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
