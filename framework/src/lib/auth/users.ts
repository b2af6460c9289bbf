import { BoundedMap } from '../core/bounded-map.ts'
import { serviceKey, type ServiceKey } from '../core/services.ts'
import type { BaseUser, Can, PermissionName, User, UserId } from '../core/user.ts'
import type { BrowserSession } from '../session/browser-session.ts'
import type { AuthBackend } from './backend.ts'
import type { AuthDb } from './tables.ts'

/** The users of an app. */
export const usersService: ServiceKey<Users> = serviceKey(
  'users',
  'Create app/auth.ts with defineAuth({ … }); docs/guide/accounts.md begins with it.',
)

/** Decides about one row, by the policy of its model. */
export type RowRule = (user: User, permission: PermissionName, row: object) => Promise<boolean>

export interface UsersOptions {
  db: AuthDb
  backends: readonly AuthBackend[]
  /** Seconds that a user's permissions are believed. */
  window: number
  /** What decides about rows. */
  rowRule: RowRule
}

/** Most users whose permissions a process keeps in mind. */
const cacheSize = 10_000

/** Columns that never leave the server with a user that a loader returns. */
const secrets = ['password', 'totpSecret', 'totpStep', 'epoch'] as const

/** Finds users, and what they may do. */
export class Users {
  readonly #options: UsersOptions
  readonly #permissions = new BoundedMap<UserId, { names: ReadonlySet<string>; at: number }>(cacheSize)

  constructor(options: UsersOptions) {
    this.#options = options
  }

  /** Who a session belongs to. One that was begun before the user's epoch changed, or whose user is not active, is ended. */
  async of(session: BrowserSession): Promise<User | null> {
    const { userId, epoch } = session
    if (userId === undefined) return null
    const row = await this.#options.db.user.findUnique({ where: { id: userId } })
    if (row?.isActive && row.epoch === epoch) return await this.with(row)
    await session.end()
    return null
  }

  /** Finds a user by the key of the row; `null` without one. */
  async byId(id: UserId): Promise<User | null> {
    const row = await this.#options.db.user.findUnique({ where: { id } })
    return row && (await this.with(row))
  }

  /** Finds a user by address, in whatever case it is written; `null` without one. */
  async byEmail(email: string): Promise<User | null> {
    const row = await this.#options.db.user.findUnique({ where: { email: normalizeEmail(email) } })
    return row && (await this.with(row))
  }

  /** Gives a row what a user can. */
  async with(row: BaseUser): Promise<User> {
    const names = row.isActive && !row.isSuperuser ? await this.#permissionsOf(row) : undefined
    const { rowRule } = this.#options
    const has = (permission: PermissionName): boolean => row.isActive && (row.isSuperuser || names!.has(permission))
    const user = { ...row } as User
    for (const name of secrets) Object.defineProperty(user, name, { value: row[name], enumerable: false })
    const can = (permission: PermissionName, of?: object): boolean | Promise<boolean> =>
      of === undefined ? has(permission) : rowRule(user, permission, of)
    return Object.defineProperty(user, 'can', { value: can as Can['can'], enumerable: false })
  }

  /** Makes a change of permissions count at once, in this process. */
  forgetPermissions(): void {
    this.#permissions.clear()
  }

  async #permissionsOf(row: BaseUser): Promise<ReadonlySet<string>> {
    const now = Date.now()
    const known = this.#permissions.get(row.id)
    if (known && now - known.at < this.#options.window * 1_000) return known.names
    const { db, backends } = this.#options
    const users = { some: { id: row.id } }
    const [own, ...others] = await Promise.all([
      db.permission.findMany({ where: { OR: [{ users }, { groups: { some: { users } } }] }, select: { name: true } }),
      ...backends.map((backend) => backend.permissions?.(row) ?? []),
    ])
    const names = new Set<string>(own.map(({ name }) => name))
    for (const more of others) for (const name of more) names.add(name)
    this.#permissions.set(row.id, { names, at: now })
    return names
  }
}

/** An address as it is kept and compared: trimmed, and in lower case. */
export function normalizeEmail(email: string): string {
  return email.trim().normalize('NFKC').toLowerCase()
}
