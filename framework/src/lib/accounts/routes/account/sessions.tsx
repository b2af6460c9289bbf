import type { ReactNode } from 'react'
import { z } from 'zod'
import { audit } from '../../../auth/events.ts'
import { browserSession, renewSessions } from '../../../auth/log-in.ts'
import { requireUser } from '../../../auth/require.ts'
import type { ViewProps } from '../../../core/args.ts'
import type { Context } from '../../../core/context.ts'
import { signedIn } from '../../../core/permission.ts'
import { redirect } from '../../../core/results.ts'
import { formAction } from '../../../forms/form-action.ts'
import { useForm } from '../../../forms/use-form.tsx'
import type { Head } from '../../../routing/types.ts'
import { sessionsService } from '../../../session/sessions.ts'
import { browserName } from '../../browser-name.ts'
import { type AccountForm, accountHead, AccountPage } from '../../parts.tsx'

interface Device {
  id: string
  name: string
  ip: string
  seenAt: Date
  isThis: boolean
}

export async function loader(context: Context): Promise<{ devices: Device[] }> {
  const { id } = await requireUser(context)
  const { row } = await browserSession(context)
  const sessions = await context.service(sessionsService).ofUser(id)
  const devices = sessions.map((session) => ({
    id: session.id,
    name: browserName(session.userAgent),
    ip: session.ip,
    seenAt: session.seenAt,
    isThis: session.id === row?.id,
  }))
  return { devices: devices.toSorted((a, b) => Number(b.isThis) - Number(a.isThis)) }
}

export const actions: { end: AccountForm<{ id: string }>; endOthers: AccountForm<{}> } = {
  end: formAction({
    schema: z.object({ id: z.string().max(100).meta({ widget: 'hidden' }) }),
    permission: signedIn,
    async handle(context) {
      const isOwn = (await browserSession(context)).row?.id === context.data.id
      if (isOwn) return redirect('/logout')
      if (await context.service(sessionsService).end(context.user.id, context.data.id)) {
        await audit(context, 'account.sessionEnded', { user: context.user })
        context.messages.success('That device is signed out.')
      }
      return redirect('/account/sessions')
    },
  }),
  endOthers: formAction({
    schema: z.object({}),
    permission: signedIn,
    async handle(context) {
      await renewSessions(context, context.user)
      await audit(context, 'account.sessionEnded', { user: context.user, detail: { all: true } })
      context.messages.success('All other devices are signed out.')
      return redirect('/account/sessions')
    },
  }),
}

export const head = (): Head => accountHead('Devices')

export default function SessionsPage({ data }: ViewProps<typeof loader>): ReactNode {
  const { Form, pending } = useForm<typeof actions.endOthers>('endOthers')
  return (
    <AccountPage title="Devices" lead="Where you are signed in. End what you do not know, and change your password then.">
      <ul className="hc-account-list">
        {data.devices.map((device) => (
          <DeviceItem key={device.id} device={device} />
        ))}
      </ul>
      {data.devices.length > 1 && (
        <Form className="hc-form">
          <button className="hc-button" data-kind="danger">
            {pending ? 'Signing out …' : 'Sign out everywhere else'}
          </button>
        </Form>
      )}
    </AccountPage>
  )
}

function DeviceItem({ device }: { device: Device }): ReactNode {
  const { Form, Field } = useForm<typeof actions.end>('end', { id: device.id, values: { id: device.id } })
  return (
    <li>
      <div>
        <strong>{device.name}</strong>
        <p>
          {device.isThis ? (
            'This device'
          ) : (
            <time dateTime={device.seenAt.toISOString()}>{device.seenAt.toISOString().slice(0, 16).replace('T', ' ')} UTC</time>
          )}
          {device.ip !== '' && ` · ${device.ip}`}
        </p>
      </div>
      {!device.isThis && (
        <Form>
          <Field name="id" />
          <button className="hc-button" data-kind="quiet" aria-label={`Sign out ${device.name}`}>
            Sign out
          </button>
        </Form>
      )}
    </li>
  )
}
