import { type Context, settleUser } from '../core/context.ts'
import type { User } from '../core/user.ts'
import { signalsService } from '../signals/signals.ts'
import { audit, dbOf } from './events.ts'

/**
 * Deletes an account. What happens to what belongs to it is for the schema to say (`onDelete`); the audit trail stays.
 *
 * @throws A foreign key broken, where something of it must not go
 */
export async function deleteAccount(context: Context, user: User): Promise<void> {
  await dbOf(context).user.deleteMany({ where: { id: user.id } })
  await (await context.session).end()
  settleUser(context, null)
  await audit(context, 'account.deleted', { user })
  await context.service(signalsService).send('account', 'deleted', { context, user })
}
