import { createHash, randomBytes } from 'node:crypto'
import { BoundedMap } from '../core/bounded-map.ts'
import { serviceKey, type ServiceKey } from '../core/services.ts'
import type { SessionSettings } from '../core/settings.ts'
import type { UserId } from '../core/user.ts'
import { csrfCookie } from '../http/csrf.ts'
import type { Keys } from '../http/keys.ts'
import { BrowserSession } from './browser-session.ts'
import type { SessionDb, SessionRow } from './tables.ts'
import type { NewSession, OpenSession, SessionOrigin, SessionRequest, Ticket } from './types.ts'

/** The name of the cookie; on https it has the prefix `__Host-`. */
export const sessionCookie = 'session'

/** The sessions of an app. */
export const sessionsService: ServiceKey<Sessions> = serviceKey(
  'sessions',
  'Run hotclub add accounts, which writes the models Session and SessionValue, then hotclub migrate create.',
)

/** Most browsers that a process keeps in mind between requests. */
const cacheSize = 10_000

/**
 * Keeps sessions: a sealed cookie with the id, a row with the rest.
 *
 * A row that was found good is believed for `settings.window` seconds by this process, which is how long a session that another process has
 * ended may go on here.
 */
export class Sessions {
  readonly #db: SessionDb
  readonly #keys: Keys
  readonly #settings: SessionSettings
  /** Seals that were opened before; opening one is the greater part of the work. */
  readonly #tickets = new BoundedMap<string, Ticket>(cacheSize)
  /** Rows by id, with the moment they were read. */
  readonly #rows = new BoundedMap<string, { row: SessionRow; at: number }>(cacheSize)

  constructor(db: SessionDb, keys: Keys, settings: SessionSettings) {
    this.#db = db
    this.#keys = keys
    this.#settings = settings
  }

  /** Opens the session of a request; without a good one it is a stranger's, which begins when something is kept in it. */
  async open(request: SessionRequest): Promise<BrowserSession> {
    const sealed = request.cookies.peek(sessionCookie)
    const ticket = sealed === undefined ? undefined : await this.#ticketOf(sealed)
    const row = ticket && (await this.#rowOf(digest(ticket.id)))
    const isGood = ticket && row && row.userId === ticket.userId
    return new BrowserSession(
      this.#origin(request),
      this.#db,
      isGood ? { ...ticket, row: await this.#touch(request, ticket, row) } : undefined,
    )
  }

  /** The sessions of a user that have not ended, the latest first. */
  async ofUser(userId: UserId): Promise<SessionRow[]> {
    return await this.#db.session.findMany({ where: { userId, expiresAt: { gt: new Date() } }, orderBy: { seenAt: 'desc' } })
  }

  /** Ends one session of a user. @returns Whether there was one */
  async end(userId: UserId, id: string): Promise<boolean> {
    return await this.#remove({ id, userId })
  }

  /** Ends every session of a user. @param except The id of the row that stays */
  async endAll(userId: UserId, except?: string): Promise<void> {
    this.#rows.clear()
    await this.#db.session.deleteMany({ where: { userId, ...(except === undefined ? {} : { id: { not: except } }) } })
  }

  #origin(request: SessionRequest): SessionOrigin {
    return {
      begin: () =>
        this.#create(request, { userId: null, epoch: 0 }, { method: '', isRemembered: false, confirmedAt: null, createdAt: new Date() }),
      replace: (row, next) => this.#replace(request, row, next),
      end: async (row) => {
        if (row) await this.#remove({ id: row.id })
        // Where the headers have left, the browser keeps a key to nothing.
        if (request.cookies.canSet) request.cookies.delete(sessionCookie)
      },
    }
  }

  async #replace(request: SessionRequest, old: SessionRow | undefined, { userId, epoch, ...rest }: NewSession): Promise<OpenSession> {
    const next = await this.#create(request, { userId, epoch }, rest)
    if (old && (old.userId === null || old.userId === userId))
      await this.#db.sessionValue.updateMany({ where: { sessionId: old.id }, data: { sessionId: next.row.id } })
    if (old) await this.#remove({ id: old.id })
    // A token for forms that was made before belongs to whoever may have made it.
    request.cookies.delete(csrfCookie)
    return next
  }

  async #ticketOf(sealed: string): Promise<Ticket | undefined> {
    const known = this.#tickets.get(sealed)
    if (known) return known
    const opened = await this.#keys.unseal(sealed, sessionCookie)
    if (!isTicket(opened)) return undefined
    this.#tickets.set(sealed, opened)
    return opened
  }

  /** A row that has not ended; of the last seconds from memory. */
  async #rowOf(id: string): Promise<SessionRow | undefined> {
    const now = Date.now()
    const known = this.#rows.get(id)
    const isFresh = known !== undefined && now - known.at < this.#settings.window * 1_000
    const row = isFresh ? known.row : await this.#db.session.findUnique({ where: { id } })
    if (!row || row.expiresAt.getTime() <= now) {
      this.#rows.delete(id)
      return undefined
    }
    if (!isFresh) this.#rows.set(id, { row, at: now })
    return row
  }

  /** Puts the end off, now and then: not with each request, which would make every read a write. */
  async #touch(request: SessionRequest, ticket: Ticket, row: SessionRow): Promise<SessionRow> {
    const now = Date.now()
    const idle = this.#idle(row.isRemembered)
    if (now - row.seenAt.getTime() < Math.min(60_000, idle * 100)) return row
    const change = {
      seenAt: new Date(now),
      expiresAt: this.#expiry(row.createdAt, now, row.isRemembered),
      ip: request.ip,
      userAgent: request.userAgent,
    }
    const next = { ...row, ...change }
    this.#rows.set(row.id, { row: next, at: now })
    await this.#db.session.updateMany({ where: { id: row.id }, data: change })
    // Sealed anew, so that a cookie in use moves to the first of the secrets before the old ones go.
    if (request.cookies.canSet) await this.#setCookie(request, ticket, next)
    return next
  }

  async #create(
    request: SessionRequest,
    { userId, epoch }: Omit<Ticket, 'id'>,
    rest: Pick<SessionRow, 'method' | 'isRemembered' | 'confirmedAt' | 'createdAt'>,
  ): Promise<OpenSession> {
    const ticket = { id: randomBytes(32).toString('base64url'), userId, epoch }
    const now = new Date()
    const row: SessionRow = {
      id: digest(ticket.id),
      userId,
      ...rest,
      ip: request.ip,
      userAgent: request.userAgent,
      seenAt: now,
      expiresAt: this.#expiry(rest.createdAt, now.getTime(), rest.isRemembered),
    }
    // The cookie first: where the headers have left, there must be no row that nobody holds the key to.
    await this.#setCookie(request, ticket, row)
    await this.#db.session.create({ data: row })
    return { ...ticket, row }
  }

  async #setCookie({ cookies }: SessionRequest, ticket: Ticket, { isRemembered, createdAt }: SessionRow): Promise<void> {
    const left = Math.max(1, Math.ceil((createdAt.getTime() - Date.now()) / 1_000) + this.#settings.absolute)
    const sealed = await this.#keys.seal(ticket, sessionCookie, left)
    this.#tickets.set(sealed, ticket)
    cookies.set(sessionCookie, sealed, isRemembered ? { maxAge: left } : {})
  }

  async #remove(where: { id: string; userId?: UserId }): Promise<boolean> {
    this.#rows.delete(where.id)
    return (await this.#db.session.deleteMany({ where })).count > 0
  }

  #idle(isRemembered: boolean): number {
    return isRemembered ? this.#settings.remembered : this.#settings.idle
  }

  #expiry(createdAt: Date, now: number, isRemembered: boolean): Date {
    return new Date(Math.min(createdAt.getTime() + this.#settings.absolute * 1_000, now + this.#idle(isRemembered) * 1_000))
  }
}

/** Removes sessions that have ended by time. @returns How many */
export async function clearSessions(db: SessionDb): Promise<number> {
  return (await db.session.deleteMany({ where: { expiresAt: { lte: new Date() } } })).count
}

/** What the database has of an id, so that whoever reads it there can open no session. */
function digest(id: string): string {
  return createHash('sha256').update(id).digest('base64url')
}

function isTicket(value: unknown): value is Ticket {
  return (
    typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' && 'userId' in value && 'epoch' in value
  )
}
