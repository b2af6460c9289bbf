import type { Context } from '../core/context.ts'
import type { BaseUser, PermissionName } from '../core/user.ts'

/** What somebody says to be let in. */
export interface Credentials {
  /** In lower case. */
  email: string
  password: string
}

/** Something that knows users: the model `User`, a directory, another system. */
export interface AuthBackend {
  /** Kept with the session and in the audit trail. */
  readonly name: string
  /**
   * Who these credentials belong to; `null` when this backend does not know them. A backend that lets in somebody who has no row in `User` yet
   * makes one.
   *
   * Take the same time for known and unknown users.
   */
  authenticate?(credentials: Credentials, context: Context): Promise<BaseUser | null>
  /** What a user may do beside what `User` and `Group` say. Not asked for inactive users and superusers. */
  permissions?(user: BaseUser): Promise<Iterable<PermissionName>>
}
