/** What the pages of accounts have in common. */
import type { ReactNode } from 'react'
import { z, type ZodType } from 'zod'
import type { AnyRouteContext, FormAction } from '../forms/form-action.ts'
import type { Head } from '../routing/types.ts'

/** The form of a page of accounts, typed by what it takes. */
export type AccountForm<T extends object> = FormAction<z.ZodObject<{ [K in keyof T]-?: ZodType<T[K], T[K]> }>, AnyRouteContext, unknown>

/** A frame for one page: a heading and what stands below it, in the app's own document. */
export function AccountPage({ title, lead, children }: { title: string; lead?: ReactNode; children?: ReactNode }): ReactNode {
  return (
    <section className="hc-account">
      <h1 className="hc-account-title">{title}</h1>
      {lead !== undefined && <p className="hc-account-lead">{lead}</p>}
      {children}
    </section>
  )
}

/** The head of a page that is nobody's business but the visitor's. */
export function accountHead(title: string): Head {
  return { title, robots: 'noindex' }
}

/** The security of a page whose address is a secret: other sites never learn it. */
export const secretAddress: { headers: Record<string, string> } = { headers: { 'referrer-policy': 'same-origin' } }

/** A password that somebody has. Anything goes: what is wrong is told after it was compared. */
export function passwordField(label = 'Password'): z.ZodString {
  return z.string().min(1).max(4_096).meta({ title: label, widget: 'password', autoComplete: 'current-password' })
}

/** A password that somebody makes up. The rules are checked where the user is known. */
export function newPasswordField(label = 'New password'): z.ZodString {
  return z.string().min(1).max(4_096).meta({ title: label, widget: 'password', autoComplete: 'new-password' })
}

/** What a device has answered. A script fills it in. */
export function credentialField(): z.ZodString {
  return z.string().max(16_384).meta({ title: 'Passkey', widget: 'hidden' })
}

/** What is asked of a new password. */
export function PasswordRules({ rules }: { rules: string[] }): ReactNode {
  return (
    <ul className="hc-account-rules">
      {rules.map((rule) => (
        <li key={rule}>{rule}</li>
      ))}
    </ul>
  )
}

/** Keeps a page out of every cache, the browser's own included: nobody sees it by going back after a sign-out. */
export function noStore(): Record<string, string> {
  return { 'cache-control': 'no-store' }
}

/** A code of an authenticator app. @param help What else may be typed */
export function codeField(help: string): z.ZodString {
  return z.string().trim().min(1).max(64).meta({ title: 'Code', description: help, autoComplete: 'one-time-code' })
}

/** Whose password a form is about: for password managers, which keep it under this name. */
export function PasswordOwner({ email }: { email: string }): ReactNode {
  return <input type="email" autoComplete="username" defaultValue={email} readOnly hidden />
}
