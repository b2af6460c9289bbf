/** The pages of accounts, which an app has once it has `app/auth.ts`. */
import type { RouteModule } from '../routing/types.ts'

/**
 * Loads each page and layout by the place it takes in an app.
 *
 * This list, and not the folder, says what there is: the server imports pages through it, so that those of the packed framework share
 * every module with the rest of it.
 */
export const accountRoutes: Readonly<Record<string, () => Promise<RouteModule>>> = {
  'routes/login.tsx': () => import('./routes/login.tsx'),
}
