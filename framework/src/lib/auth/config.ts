import { HotclubError } from '../core/hotclub-error.ts'
import { serviceKey, type ServiceKey } from '../core/services.ts'
import type { AuthBackend } from './backend.ts'
import { type AccountMails, accountMails } from './mails.ts'
import type { OidcProvider } from './oidc/provider.ts'
import { passwordBackend } from './password-backend.ts'
import { defaultPasswordRules, type PasswordRule } from './passwords/rules.ts'

/** How an app has its accounts. */
export interface AuthOptions {
  /** What the site is called: in mails, in authenticator apps, where passkeys are made. */
  siteName: string
  /**
   * `closed` asks for somebody signed in everywhere, except where a route, layout or the root has `export const permission = anyone`
   * (default: `open`).
   */
  access?: 'open' | 'closed'
  /** Whether strangers may make themselves an account (default: `true`). */
  signUp?: boolean
  /** What is asked of new passwords (default: `defaultPasswordRules`): `[...defaultPasswordRules, mine]`. */
  passwordRules?: readonly PasswordRule[]
  /** Whether users may ask for a code of an authenticator app at sign-in (default: `false`). */
  secondFactor?: boolean
  /** Whether users may sign in with a passkey (default: `false`). */
  passkeys?: boolean
  /** Whose accounts sign in here too, each made by `oidcProvider` (default: none). */
  providers?: readonly OidcProvider[]
  /** Words of single mails, in place of Hotclub's. */
  mails?: Partial<AccountMails>
  /** What knows users and what they may do, asked in order (default: `[passwordBackend]`, the passwords of the model `User`). */
  backends?: readonly AuthBackend[]
}

/** Complete: what {@link defineAuth} gives. */
export interface AuthConfig extends Readonly<Required<Omit<AuthOptions, 'mails'>>> {
  readonly mails: AccountMails
}

/** How the app has its accounts. */
export const authService: ServiceKey<AuthConfig> = serviceKey(
  'accounts',
  'Create app/auth.ts with defineAuth({ … }); docs/guide/accounts.md begins with it.',
)

/**
 * Switches accounts on, with their pages: the default export of `app/auth.ts`.
 *
 * @throws {HotclubError} `HC_AUTH` when two providers have one name
 */
export function defineAuth({ mails, ...options }: AuthOptions): AuthConfig {
  const names = (options.providers ?? []).map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined)
    throw new HotclubError('HC_AUTH', {
      where: 'app/auth.ts',
      message: `Two providers have the name '${twice}'.`,
      hint: 'Accounts are kept under the name of their provider: give each another one.',
    })
  return {
    access: 'open',
    signUp: true,
    secondFactor: false,
    passkeys: false,
    providers: [],
    passwordRules: defaultPasswordRules,
    backends: [passwordBackend],
    ...options,
    mails: { ...accountMails, ...mails },
  }
}
