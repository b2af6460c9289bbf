/** The tables that sessions live in, as far as they are used here. */
import type { UserId } from '../core/user.ts'

/** A row of the model `Session`. */
export interface SessionRow {
  /** Digest of the id that the cookie holds. */
  id: string
  userId: UserId | null
  isRemembered: boolean
  method: string
  confirmedAt: Date | null
  ip: string
  userAgent: string
  createdAt: Date
  seenAt: Date
  expiresAt: Date
}

interface ValueRow {
  value: string
  version: number
}

interface ValueKey {
  sessionId_key: { sessionId: string; key: string }
}

/** The delegates of the app's client that sessions use. */
export interface SessionDb {
  session: {
    findUnique(args: { where: { id: string } }): Promise<SessionRow | null>
    findMany(args: { where: object; orderBy: object }): Promise<SessionRow[]>
    create(args: { data: SessionRow }): Promise<unknown>
    updateMany(args: { where: object; data: Partial<SessionRow> }): Promise<{ count: number }>
    deleteMany(args: { where: object }): Promise<{ count: number }>
  }
  sessionValue: {
    findUnique(args: { where: ValueKey }): Promise<ValueRow | null>
    upsert(args: { where: ValueKey; create: object; update: object }): Promise<unknown>
    create(args: { data: object }): Promise<unknown>
    updateMany(args: { where: object; data: object }): Promise<{ count: number }>
    deleteMany(args: { where: object }): Promise<{ count: number }>
  }
}

/** Whether a client has the models that sessions live in. */
export function hasSessions(db: unknown): db is SessionDb {
  return typeof db === 'object' && db !== null && 'session' in db && 'sessionValue' in db
}
