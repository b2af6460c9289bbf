import { authService } from '../../../auth/config.ts'
import { beginUsingPasskey } from '../../../auth/passkeys/use.ts'
import type { Context } from '../../../core/context.ts'
import { anyone, type Permission } from '../../../core/permission.ts'
import { notFound } from '../../../core/results.ts'

export const permission: Permission = anyone

/** What to ask a device for at sign-in. */
export async function POST(context: Context): Promise<object> {
  if (!context.service(authService).passkeys) notFound()
  return await beginUsingPasskey(context)
}
