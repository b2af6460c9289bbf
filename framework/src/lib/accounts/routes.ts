/** The pages of accounts, which an app has once it has `app/auth.ts`. */
import type { RouteModule } from '../routing/types.ts'

/**
 * Loads each page and layout by the place it takes in an app.
 *
 * This list, and not the folder, says what there is: the server imports pages through it, so that those of the packed framework share
 * every module with the rest of it.
 */
export const accountRoutes: Readonly<Record<string, () => Promise<RouteModule>>> = {
  'routes/account/confirm.tsx': () => import('./routes/account/confirm.tsx'),
  'routes/account/confirm/passkey.ts': () => import('./routes/account/confirm/passkey.ts'),
  'routes/account/delete.tsx': () => import('./routes/account/delete.tsx'),
  'routes/account/email/[token].tsx': () => import('./routes/account/email/[token].tsx'),
  'routes/account/email/index.tsx': () => import('./routes/account/email/index.tsx'),
  'routes/account/index.tsx': () => import('./routes/account/index.tsx'),
  'routes/account/layout.tsx': () => import('./routes/account/layout.tsx'),
  'routes/account/passkeys/index.tsx': () => import('./routes/account/passkeys/index.tsx'),
  'routes/account/passkeys/new.ts': () => import('./routes/account/passkeys/new.ts'),
  'routes/account/password.tsx': () => import('./routes/account/password.tsx'),
  'routes/account/providers.tsx': () => import('./routes/account/providers.tsx'),
  'routes/account/second-factor.tsx': () => import('./routes/account/second-factor.tsx'),
  'routes/account/sessions.tsx': () => import('./routes/account/sessions.tsx'),
  'routes/login.tsx': () => import('./routes/login.tsx'),
  'routes/login/code.tsx': () => import('./routes/login/code.tsx'),
  'routes/login/passkey.ts': () => import('./routes/login/passkey.ts'),
  'routes/login/with/[provider]/callback.tsx': () => import('./routes/login/with/[provider]/callback.tsx'),
  'routes/login/with/[provider]/index.tsx': () => import('./routes/login/with/[provider]/index.tsx'),
  'routes/logout.tsx': () => import('./routes/logout.tsx'),
  'routes/password/[token].tsx': () => import('./routes/password/[token].tsx'),
  'routes/password/index.tsx': () => import('./routes/password/index.tsx'),
  'routes/signup/[token].tsx': () => import('./routes/signup/[token].tsx'),
  'routes/signup/index.tsx': () => import('./routes/signup/index.tsx'),
}
