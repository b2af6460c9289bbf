/** Gives permissions and takes them away. */
import type { Context } from '../core/context.ts'
import type { PermissionName, User, UserId } from '../core/user.ts'
import { signalsService } from '../signals/signals.ts'
import { audit, dbOf } from './events.ts'
import { usersService } from './users.ts'

/** Who gets a permission: a user, or everybody in a group. */
export type Grantee = { user: Pick<User, 'id'> } | { group: string }

/** Gives permissions to a user or a group. They count at once here, and within `session.window` seconds in other processes. */
export async function grant(context: Context, to: Grantee, permissions: PermissionName[]): Promise<void> {
  const connect = permissions.map((name) => ({ where: { name }, create: { name, label: name } }))
  await change(context, to, { permissions: { connectOrCreate: connect } }, { granted: permissions })
}

/** Takes permissions away that were given to the same user or group. */
export async function revoke(context: Context, from: Grantee, permissions: PermissionName[]): Promise<void> {
  await change(context, from, { permissions: { disconnect: permissions.map((name) => ({ name })) } }, { revoked: permissions })
}

/** Makes a user a member of a group. */
export async function joinGroup(context: Context, user: Pick<User, 'id'>, group: string): Promise<void> {
  await change(context, { user }, { groups: { connect: { name: group } } }, { joined: group })
}

/** Takes a user out of a group. */
export async function leaveGroup(context: Context, user: Pick<User, 'id'>, group: string): Promise<void> {
  await change(context, { user }, { groups: { disconnect: { name: group } } }, { left: group })
}

async function change(context: Context, grantee: Grantee, data: object, detail: object): Promise<void> {
  const db = dbOf(context)
  let users: UserId[]
  if ('user' in grantee) {
    await db.user.update({ where: { id: grantee.user.id }, data })
    users = [grantee.user.id]
    await audit(context, 'account.permissionsChanged', { user: grantee.user, detail })
  } else {
    const group = await db.group.update({ where: { name: grantee.group }, data, select: { users: { select: { id: true } } } })
    users = group.users.map(({ id }) => id)
    await audit(context, 'account.permissionsChanged', { detail: { group: grantee.group, ...detail } })
  }
  context.service(usersService).forgetPermissions()
  await context.service(signalsService).send('account', 'permissionsChanged', { users })
}
