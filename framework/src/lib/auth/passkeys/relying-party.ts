import { createHash } from 'node:crypto'
import type { Context } from '../../core/context.ts'
import type { UserId } from '../../core/user.ts'
import { authService } from '../config.ts'

/** The site, as passkeys know it. */
export interface RelyingParty {
  /** The host without its port. A passkey works there and nowhere else, so a site keeps its name. */
  id: string
  name: string
  origin: string
}

/** Under which name this request has reached the site; `settings.hosts` has let it through. */
export function relyingParty(context: Context): RelyingParty {
  const { hostname, origin } = context.url
  return { id: hostname, name: context.service(authService).siteName, origin }
}

/** What a passkey says its owner is called: always the same for a user, and nothing that a device should not know. */
export function userHandle(id: UserId): Buffer<ArrayBuffer> {
  return createHash('sha256').update(`passkeys of ${id}`).digest()
}
