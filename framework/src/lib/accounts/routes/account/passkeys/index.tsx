import type { ReactNode } from 'react'
import { z } from 'zod'
import { authService } from '../../../../auth/config.ts'
import { keepPasskey } from '../../../../auth/passkeys/make.ts'
import { passkeysOf, removePasskey, renamePasskey } from '../../../../auth/passkeys/passkeys.ts'
import { confirmed, requireUser } from '../../../../auth/require.ts'
import type { ViewProps } from '../../../../core/args.ts'
import type { Context } from '../../../../core/context.ts'
import type { Permission } from '../../../../core/permission.ts'
import { notFound, redirect } from '../../../../core/results.ts'
import { formAction } from '../../../../forms/form-action.ts'
import { useForm } from '../../../../forms/use-form.tsx'
import { userAgentOf } from '../../../../http/user-agent.ts'
import type { Head } from '../../../../routing/types.ts'
import { browserName } from '../../../browser-name.ts'
import { type AccountForm, accountHead, AccountPage, credentialField } from '../../../parts.tsx'
import { PasskeyFields } from '../../../passkey-fields.tsx'
import { usePasskey } from '../../../use-passkey.ts'

export const permission: Permission = confirmed

interface Passkey {
  id: string
  name: string
  isBackedUp: boolean
  createdAt: Date
  usedAt: Date | null
}

export async function loader(context: Context): Promise<{ passkeys: Passkey[]; name: string }> {
  if (!context.service(authService).passkeys) notFound()
  const passkeys = await passkeysOf(context, (await requireUser(context)).id)
  return {
    passkeys: passkeys.map(({ id, name, isBackedUp, createdAt, usedAt }) => ({ id, name, isBackedUp, createdAt, usedAt })),
    name: browserName(userAgentOf(context.request)),
  }
}

const id = z.string().max(1_400).meta({ widget: 'hidden' })
const name = z.string().trim().min(1).max(80).meta({ title: 'Name', description: 'By which you know it.', autoComplete: 'off' })

export const actions: {
  add: AccountForm<{ name: string; credential: string }>
  rename: AccountForm<{ id: string; name: string }>
  remove: AccountForm<{ id: string }>
} = {
  add: formAction({
    schema: z.object({ name, credential: credentialField() }),
    permission: confirmed,
    async handle(context) {
      const { data, user, invalid } = context
      const result = await keepPasskey(context, user, data.credential, data.name)
      if (!result.ok)
        return invalid({
          '': result.reason === 'full' ? 'You have twenty passkeys. Remove one first.' : 'That took too long, or did not work. Try again.',
        })
      context.messages.success('You can sign in with this passkey now.')
      return redirect('/account/passkeys')
    },
  }),
  rename: formAction({
    schema: z.object({ id, name }),
    permission: confirmed,
    async handle(context) {
      await renamePasskey(context, context.user.id, context.data.id, context.data.name)
      return redirect('/account/passkeys')
    },
  }),
  remove: formAction({
    schema: z.object({ id }),
    permission: confirmed,
    async handle(context) {
      const result = await removePasskey(context, context.user, context.data.id)
      if (result === 'last') return context.invalid({ '': 'This is the only way you sign in. Set a password first, or add another way.' })
      context.messages.success('Nobody can sign in with this passkey any more. Remove it from your device, too.')
      return redirect('/account/passkeys')
    },
  }),
}

export const head = (): Head => accountHead('Passkeys')

export default function PasskeysPage({ data }: ViewProps<typeof loader>): ReactNode {
  return (
    <AccountPage title="Passkeys" lead="Sign in with a finger, a face or the PIN of a device, in place of a password.">
      <ul className="hc-account-list">
        {data.passkeys.map((passkey) => (
          <PasskeyItem key={passkey.id} passkey={passkey} />
        ))}
      </ul>
      <AddPasskey name={data.name} />
      <noscript>
        <p className="hc-account-lead">To add a passkey, allow scripts on this page.</p>
      </noscript>
    </AccountPage>
  )
}

function AddPasskey({ name: proposal }: { name: string }): ReactNode {
  const { Form, Field, pending } = useForm<typeof actions.add>('add', { values: { name: proposal } })
  const passkey = usePasskey({ task: 'make', optionsFrom: '/account/passkeys/new', pending })
  if (!passkey.isReady) return null
  return (
    <Form className="hc-form" onSubmit={passkey.onSubmit}>
      <Field name="name" />
      <PasskeyFields {...passkey} />
      <button className="hc-button">{passkey.isAsking || pending ? 'Adding …' : 'Add a passkey'}</button>
    </Form>
  )
}

function PasskeyItem({ passkey }: { passkey: Passkey }): ReactNode {
  const { id: key } = passkey
  const rename = useForm<typeof actions.rename>('rename', { id: key, values: { id: key, name: passkey.name } })
  const remove = useForm<typeof actions.remove>('remove', { id: key, values: { id: key } })
  return (
    <li>
      <div>
        <strong>{passkey.name}</strong>
        <p>
          Added {dayOf(passkey.createdAt)}
          {passkey.usedAt && `, used ${dayOf(passkey.usedAt)}`}
          {passkey.isBackedUp && ' · kept in step between your devices'}
        </p>
      </div>
      <remove.Form>
        <remove.Field name="id" />
        <button className="hc-button" data-kind="quiet" aria-label={`Remove ${passkey.name}`}>
          Remove
        </button>
      </remove.Form>
      <details open={rename.invalid || undefined}>
        <summary>Rename</summary>
        <rename.Form className="hc-form">
          <rename.Field name="id" />
          <rename.Field name="name" />
          <button className="hc-button" data-kind="quiet">
            Save
          </button>
        </rename.Form>
      </details>
    </li>
  )
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}
