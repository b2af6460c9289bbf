import { authService } from '../../../../auth/config.ts'
import { beginUsingPasskey } from '../../../../auth/passkeys/use.ts'
import { requireUser } from '../../../../auth/require.ts'
import type { Context } from '../../../../core/context.ts'
import { notFound } from '../../../../core/results.ts'

/** What to ask a device for, so that it proves once more who is signed in. */
export async function POST(context: Context): Promise<object> {
  if (!context.service(authService).passkeys) notFound()
  return await beginUsingPasskey(context, (await requireUser(context)).id)
}
