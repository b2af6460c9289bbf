import { authService } from '../../../../auth/config.ts'
import { beginMakingPasskey } from '../../../../auth/passkeys/make.ts'
import { confirmed, requireUser } from '../../../../auth/require.ts'
import type { Context } from '../../../../core/context.ts'
import type { Permission } from '../../../../core/permission.ts'
import { notFound } from '../../../../core/results.ts'

export const permission: Permission = confirmed

/** What to ask a device for that is to make a passkey. */
export async function POST(context: Context): Promise<object> {
  if (!context.service(authService).passkeys) notFound()
  return await beginMakingPasskey(context, await requireUser(context))
}
