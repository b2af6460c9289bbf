import type { ReactNode } from 'react'
import { logOut } from '../../auth/log-in.ts'
import type { Context } from '../../core/context.ts'
import { anyone, type Permission } from '../../core/permission.ts'
import { redirect } from '../../core/results.ts'
import type { Head } from '../../routing/types.ts'
import { Form } from '../../view/form.tsx'
import { accountHead, AccountPage } from '../parts.tsx'

export const permission: Permission = anyone

/** Any form that posts here signs out; a link does not, for another site could hold one too. */
export async function action(context: Context): Promise<never> {
  await logOut(context)
  return redirect('/')
}

export const head = (): Head => accountHead('Sign out')

export default function LogoutPage(): ReactNode {
  return (
    <AccountPage title="Sign out" lead="You will be signed out on this device.">
      <Form method="post" className="hc-form">
        <button className="hc-button">Sign out</button>
      </Form>
    </AccountPage>
  )
}
