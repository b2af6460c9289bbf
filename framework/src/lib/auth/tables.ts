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
  passkey: {
    count(args: Args): Promise<number>
    findUnique(args: { where: { id: string } }): Promise<PasskeyRow | null>
    findMany(args: Args): Promise<PasskeyRow[]>
    create(args: { data: object }): Promise<PasskeyRow>
    updateMany(args: Args): Promise<Count>
    deleteMany(args: Args): Promise<Count>
  }
  identity: {
    count(args: Args): Promise<number>
    findUnique(args: { where: { provider_subject: IdentityKey } }): Promise<IdentityRow | null>
    findMany(args: Args): Promise<IdentityRow[]>
    create(args: { data: object }): Promise<IdentityRow>
    deleteMany(args: Args): Promise<Count>
  }
  $transaction<T>(run: (tx: AuthDb) => Promise<T>): Promise<T>
}

/** A key on somebody's device. */
export interface PasskeyRow {
  /** Id of the credential, in base64url. */
  id: string
  userId: UserId
  name: string
  publicKey: Uint8Array<ArrayBuffer>
  counter: number
  /** With commas between. */
  transports: string
  isBackedUp: boolean
  createdAt: Date
  usedAt: Date | null
}

/** What makes an account at a provider. */
export interface IdentityKey {
  provider: string
  subject: string
}

/** An account somewhere else. */
export interface IdentityRow extends IdentityKey {
  userId: UserId
  email: string
  createdAt: Date
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

/** Whether the database has refused a row for a key that another one has. */
export function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'P2002'
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
    hint: 'Run hotclub add accounts, which writes the models, then hotclub migrate create.',
  })
}

function missingModels(db: unknown): string[] {
  return typeof db === 'object' && db !== null ? models.filter((name) => !(name in db)) : models
}
