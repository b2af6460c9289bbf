/** The tables of accounts, as far as they are used here. An app's own columns come on top. */
import { HotclubError } from '../core/hotclub-error.ts'
import type { BaseUser, UserId } from '../core/user.ts'

interface Count {
  count: number
}

/** What the delegates of the app's client take, where one wants no more of their types. */
interface Args {
  where?: object
  data?: object
  select?: object
  orderBy?: object
  take?: number
}

/** The delegates of the app's client that accounts use. */
export interface AuthDb {
  user: {
    findUnique(args: { where: { id: UserId } | { email: string } }): Promise<BaseUser | null>
    create(args: { data: object }): Promise<BaseUser>
    update(args: { where: { id: UserId }; data: object }): Promise<BaseUser>
    updateMany(args: Args): Promise<Count>
    deleteMany(args: Args): Promise<Count>
  }
  permission: {
    findMany(args: Args): Promise<{ id: number; name: string }[]>
    upsert(args: { where: { name: string }; create: object; update: object }): Promise<{ id: number }>
  }
  group: {
    update(args: { where: { name: string }; data: object; select: object }): Promise<{ users: { id: UserId }[] }>
    upsert(args: { where: { name: string }; create: object; update: object }): Promise<{ id: number }>
  }
  auditEvent: {
    create(args: { data: object }): Promise<unknown>
    findMany(args: Args): Promise<AuditRow[]>
  }
  recoveryCode: {
    count(args: Args): Promise<number>
    createMany(args: { data: object[] }): Promise<Count>
    updateMany(args: Args): Promise<Count>
    deleteMany(args: Args): Promise<Count>
  }
  passkey: { count(args: Args): Promise<number> }
  identity: { count(args: Args): Promise<number> }
}

/** A row of the audit trail. */
export interface AuditRow {
  id: number
  at: Date
  kind: string
  userId: string | null
  actorId: string | null
  ip: string
  userAgent: string
  /** JSON. */
  detail: string
}

/** The models that accounts take; `prisma/auth.prisma` has them. */
const models = ['user', 'group', 'permission', 'session', 'sessionValue', 'recoveryCode', 'passkey', 'identity', 'auditEvent']

/** Whether a client has the models that accounts live in. */
export function hasAccounts(db: unknown): db is AuthDb {
  return missingModels(db).length === 0
}

/** The error of a schema without accounts. */
export function missingAccounts(db: unknown): HotclubError {
  return new HotclubError('HC_AUTH', {
    where: 'prisma/auth.prisma',
    message: `The app has accounts (app/auth.ts), but its schema lacks ${missingModels(db).join(', ')}.`,
    hint: 'Add the models of docs/guide/accounts.md, then run hotclub migrate create.',
  })
}

function missingModels(db: unknown): string[] {
  return typeof db === 'object' && db !== null ? models.filter((name) => !(name in db)) : models
}
