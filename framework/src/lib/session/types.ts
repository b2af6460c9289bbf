/** What the parts of sessions hand each other. */
import type { Cookies } from '../core/cookies.ts'
import type { UserId } from '../core/user.ts'
import type { SessionRow } from './tables.ts'

/** What a session says of whoever comes with it. */
export interface Ticket {
  /** The id, as only the browser and this process know it. */
  id: string
  userId: UserId | null
  /** The user's `epoch` when they signed in. */
  epoch: number
}

/** Of a request, what sessions need. */
export interface SessionRequest {
  cookies: SessionCookies
  ip: string
  userAgent: string
}

/** Cookies as the framework itself uses them. */
export interface SessionCookies extends Pick<Cookies, 'set' | 'delete'> {
  /** Reads one of the framework's own, without marking the answer. */
  peek(name: string): string | undefined
  /** False when the headers of the answer have left. */
  readonly canSet: boolean
}

/** Who signs in, and how. */
export interface SignIn {
  userId: UserId
  epoch: number
  /** How they proved it: `password`, `passkey`, the name of a provider. */
  method: string
  /** Whether the session outlives the browser. */
  isRemembered: boolean
}

/** What a session under a new id begins with. */
export interface NewSession extends SignIn {
  /** When the user last proved who they are. */
  confirmedAt: Date | null
  /** When the first of the sessions began that this one goes on from. */
  createdAt: Date
}

/** A session that was found good, with what its cookie says. */
export interface OpenSession extends Ticket {
  row: SessionRow
}

/** How a session begins and ends, which takes the cookie. */
export interface SessionOrigin {
  begin(): Promise<OpenSession>
  replace(row: SessionRow | undefined, next: NewSession): Promise<OpenSession>
  end(row: SessionRow | undefined): Promise<void>
}
