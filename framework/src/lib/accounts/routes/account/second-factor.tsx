import type { ReactNode } from 'react'
import { z } from 'zod'
import { authService } from '../../../auth/config.ts'
import { confirmed, requireUser } from '../../../auth/require.ts'
import {
  addSecondFactor,
  countRecoveryCodes,
  removeSecondFactor,
  renewRecoveryCodes,
  type Setup,
  setUpSecondFactor,
} from '../../../auth/second-factor.ts'
import { QrCode } from '../../../auth/totp/qr-code.tsx'
import type { ViewProps } from '../../../core/args.ts'
import type { Context } from '../../../core/context.ts'
import type { Permission } from '../../../core/permission.ts'
import { notFound, redirect } from '../../../core/results.ts'
import { formAction } from '../../../forms/form-action.ts'
import { useForm } from '../../../forms/use-form.tsx'
import type { Head } from '../../../routing/types.ts'
import { Link } from '../../../view/link.tsx'
import { type AccountForm, accountHead, AccountPage, codeField } from '../../parts.tsx'

export const permission: Permission = confirmed

/** With a second factor how many recovery codes are left, without one how to set it up. */
type Data = { isOn: true; codesLeft: number } | { isOn: false; setup: Setup }

export async function loader(context: Context): Promise<Data> {
  const user = await requireUser(context)
  if (user.totpSecret !== null) return { isOn: true, codesLeft: await countRecoveryCodes(context, user) }
  if (!context.service(authService).secondFactor) notFound()
  return { isOn: false, setup: await setUpSecondFactor(context, user) }
}

export const actions: { add: AccountForm<{ code: string }>; renew: AccountForm<{}>; remove: AccountForm<{}> } = {
  add: formAction({
    schema: z.object({ code: codeField('Six digits that the app shows now.') }),
    permission: confirmed,
    async handle(context) {
      if (!context.service(authService).secondFactor) notFound()
      const codes = await addSecondFactor(context, context.user, context.data.code)
      return codes ? { codes } : context.invalid({ code: 'This is not the code that the app shows now. Check the clock of your device.' })
    },
  }),
  renew: formAction({
    schema: z.object({}),
    permission: confirmed,
    handle: async (context) => ({ codes: await renewRecoveryCodes(context, context.user) }),
  }),
  remove: formAction({
    schema: z.object({}),
    permission: confirmed,
    async handle(context) {
      await removeSecondFactor(context, context.user)
      context.messages.success('Your account does not ask for a code any more.')
      return redirect('/account')
    },
  }),
}

export const head = (): Head => accountHead('Second factor')

export default function SecondFactorPage({ data, actionData }: ViewProps<typeof loader, { add: () => { codes: string[] } }>): ReactNode {
  if (actionData) return <Codes codes={actionData.codes} />
  return data.isOn ? <Manage codesLeft={data.codesLeft} /> : <Add setup={data.setup} />
}

function Add({ setup }: { setup: Setup }): ReactNode {
  const { Form, Field, pending } = useForm<typeof actions.add>('add')
  return (
    <AccountPage title="Second factor" lead="With an authenticator app, a stolen password alone opens nothing.">
      <ol className="hc-account-steps">
        <li>
          <p>Scan this with your app.</p>
          <QrCode {...setup.qr} title="The code for your authenticator app" />
          <p>
            Or type this into it: <code className="hc-account-code">{setup.secret.replace(/.{4}(?=.)/g, '$& ')}</code>
          </p>
        </li>
        <li>Enter the code that it shows.</li>
      </ol>
      <Form className="hc-form">
        <Field name="code" />
        <button className="hc-button">{pending ? 'Checking …' : 'Turn it on'}</button>
      </Form>
    </AccountPage>
  )
}

function Codes({ codes }: { codes: string[] }): ReactNode {
  return (
    <AccountPage
      title="Your recovery codes"
      lead="Each signs you in once when you have lost your app. Write them down or print them: they are not shown again."
    >
      <ul className="hc-account-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <p className="hc-account-links">
        <Link to="/account/second-factor">I have kept them</Link>
      </p>
    </AccountPage>
  )
}

function Manage({ codesLeft }: { codesLeft: number }): ReactNode {
  const renew = useForm<typeof actions.renew>('renew')
  const remove = useForm<typeof actions.remove>('remove')
  return (
    <AccountPage title="Second factor" lead={`Your account asks for a code of your app. ${codesInWords(codesLeft)}`}>
      <renew.Form className="hc-form">
        <button className="hc-button">Make new recovery codes</button>
      </renew.Form>
      <remove.Form className="hc-form">
        <button className="hc-button" data-kind="danger">
          Turn it off
        </button>
      </remove.Form>
    </AccountPage>
  )
}

function codesInWords(left: number): string {
  if (left === 0) return 'No recovery code is left.'
  return left === 1 ? 'One recovery code is left.' : `${left} recovery codes are left.`
}
