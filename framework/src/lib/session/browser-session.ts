import { HotclubError } from '../core/hotclub-error.ts'
import type { Session } from '../core/session.ts'
import type { UserId } from '../core/user.ts'
import type { SessionDb, SessionRow } from './tables.ts'
import type { NewSession, OpenSession, SessionOrigin, SignIn } from './types.ts'

/** How often a change is tried again that others made at the same time. */
const attempts = 100

/** The session of one request. */
export class BrowserSession implements Session {
  readonly #origin: SessionOrigin
  readonly #db: SessionDb
  #open: OpenSession | undefined
  #beginning: Promise<OpenSession> | undefined

  constructor(origin: SessionOrigin, db: SessionDb, open: OpenSession | undefined) {
    this.#origin = origin
    this.#db = db
    this.#open = open
  }

  get userId(): UserId | undefined {
    return this.#open?.userId ?? undefined
  }

  /** The user's `epoch` when they signed in. */
  get epoch(): number | undefined {
    return this.#open?.epoch
  }

  /** The row; `undefined` for a stranger of whom nothing is kept. */
  get row(): SessionRow | undefined {
    return this.#open?.row
  }

  get confirmedAt(): Date | undefined {
    return this.#open?.row.confirmedAt ?? undefined
  }

  get method(): string {
    return this.#open?.row.method ?? ''
  }

  async get<T>(key: string): Promise<T | undefined> {
    if (!this.#open) return undefined
    const row = await this.#db.sessionValue.findUnique({ where: keyOf(this.#open.row.id, key) })
    return row ? (JSON.parse(row.value) as T) : undefined
  }

  async set(key: string, value: unknown): Promise<void> {
    const text = toJson(key, value)
    const { id } = (await this.#begin()).row
    await this.#db.sessionValue.upsert({
      where: keyOf(id, key),
      create: { sessionId: id, key, value: text },
      update: { value: text, version: { increment: 1 } },
    })
  }

  async update<T>(key: string, change: (value: T | undefined) => T | undefined): Promise<T | undefined> {
    const { id } = (await this.#begin()).row
    for (let attempt = 0; attempt < attempts; attempt++) {
      const before = await this.#db.sessionValue.findUnique({ where: keyOf(id, key) })
      const next = change(before ? (JSON.parse(before.value) as T) : undefined)
      if (await this.#replace(id, key, before?.version, next)) return next
    }
    throw new HotclubError('HC_SESSION', {
      where: `session.update('${key}')`,
      message: `The value was changed by others ${attempts} times in a row.`,
      hint: 'Keep what so many requests change at once in a table of its own.',
    })
  }

  async delete(key: string): Promise<void> {
    if (this.#open) await this.#db.sessionValue.deleteMany({ where: { sessionId: this.#open.row.id, key } })
  }

  async end(): Promise<void> {
    const row = this.#open?.row
    this.#open = undefined
    this.#beginning = undefined
    await this.#origin.end(row)
  }

  /**
   * Begins a session for a user, under a new id: one that was planted before is worth nothing after. A stranger's values come along; those
   * of another user do not.
   */
  async signIn(signIn: SignIn): Promise<void> {
    const now = new Date()
    this.#open = await this.#origin.replace(this.row, { ...signIn, confirmedAt: now, createdAt: now })
  }

  /**
   * Lets a user's session go on under a new id. It lasts no longer for it, and proves nothing anew.
   *
   * @param change The user's `epoch`, where it is another one now; `confirmedAt`, where they have just proved who they are
   */
  async renew(change: Partial<Pick<NewSession, 'epoch' | 'confirmedAt'>>): Promise<void> {
    const { userId, epoch, row } = this.#open ?? {}
    if (!row || epoch === undefined || userId === undefined || userId === null) throw new TypeError('Nobody is signed in.')
    const { method, isRemembered, confirmedAt, createdAt } = row
    this.#open = await this.#origin.replace(row, { userId, epoch, method, isRemembered, confirmedAt, createdAt, ...change })
  }

  /** Writes the next value if nobody has changed it since. */
  async #replace(sessionId: string, key: string, version: number | undefined, next: unknown): Promise<boolean> {
    if (version === undefined) {
      if (next === undefined) return true
      try {
        await this.#db.sessionValue.create({ data: { sessionId, key, value: toJson(key, next) } })
        return true
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'P2002') return false
        throw error
      }
    }
    const where = { sessionId, key, version }
    const { count } =
      next === undefined
        ? await this.#db.sessionValue.deleteMany({ where })
        : await this.#db.sessionValue.updateMany({ where, data: { value: toJson(key, next), version: version + 1 } })
    return count > 0
  }

  async #begin(): Promise<OpenSession> {
    return (this.#open ??= await (this.#beginning ??= this.#origin.begin()))
  }
}

function keyOf(sessionId: string, key: string): { sessionId_key: { sessionId: string; key: string } } {
  return { sessionId_key: { sessionId, key } }
}

function toJson(key: string, value: unknown): string {
  const text: string | undefined = JSON.stringify(value)
  if (text !== undefined) return text
  throw new HotclubError('HC_SESSION', {
    where: `session.set('${key}')`,
    message: `A session cannot keep ${value === undefined ? 'undefined' : `a ${typeof value}`}.`,
    hint: value === undefined ? `Use session.delete('${key}').` : 'Keep what JSON can hold.',
  })
}
