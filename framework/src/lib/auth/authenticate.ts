import type { Context } from '../core/context.ts'
import type { BaseUser } from '../core/user.ts'
import { signalsService } from '../signals/signals.ts'
import type { Credentials } from './backend.ts'
import { authService } from './config.ts'
import { audit, dbOf } from './events.ts'
import { enterGate } from './throttle.ts'
import { normalizeEmail } from './users.ts'

/** What credentials came to. */
export type Authentication = { kind: 'known'; user: BaseUser; method: string } | { kind: 'wrong' } | { kind: 'wait'; seconds: number }

/**
 * Finds out whom credentials belong to. Signs nobody in.
 *
 * Unknown addresses, wrong passwords and accounts that are not active cost the same time and give the same answer. Who guesses has to wait
 * longer and longer, by account and by address; a browser that has signed in to the account before is counted by itself.
 */
export async function authenticate(context: Context, { email, password }: Credentials): Promise<Authentication> {
  const credentials = { email: normalizeEmail(email), password }
  const gate = await enterGate(context, 'password', email)
  if (!gate.allowed) return { kind: 'wait', seconds: gate.retryAfter }
  for (const backend of context.service(authService).backends) {
    const user = await backend.authenticate?.(credentials, context)
    if (!user?.isActive) continue
    await gate.succeeded()
    return { kind: 'known', user, method: backend.name }
  }
  // The same work whether there is such a user or not: nothing here may tell by its time.
  const user = await dbOf(context).user.findUnique({ where: { email: credentials.email } })
  // What was typed may be a password in the wrong field, so an address that nobody has is not written down.
  await audit(context, 'account.logInFailed', { user })
  await context.service(signalsService).send('account', 'logInFailed', { context, email: credentials.email, user })
  return { kind: 'wrong' }
}
