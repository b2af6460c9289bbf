/** The pages of the admin, which an app has once it has `admin/site.ts`. */
import type { RouteModule } from '../routing/types.ts'

/** Loads each page by the place it takes in an app; see `accounts/routes.ts` for why it is a list. */
export const adminRoutes: Readonly<Record<string, () => Promise<RouteModule>>> = {
  'routes/admin/-/pick/[model].ts': () => import('./routes/admin/-/pick/[model].ts'),
  'routes/admin/[model]/-delete.tsx': () => import('./routes/admin/[model]/-delete.tsx'),
  'routes/admin/[model]/[key]/delete.tsx': () => import('./routes/admin/[model]/[key]/delete.tsx'),
  'routes/admin/[model]/[key]/index.tsx': () => import('./routes/admin/[model]/[key]/index.tsx'),
  'routes/admin/[model]/index.tsx': () => import('./routes/admin/[model]/index.tsx'),
  'routes/admin/[model]/new.tsx': () => import('./routes/admin/[model]/new.tsx'),
  'routes/admin/index.tsx': () => import('./routes/admin/index.tsx'),
  'routes/admin/layout.tsx': () => import('./routes/admin/layout.tsx'),
  'routes/admin/root.tsx': () => import('./routes/admin/root.tsx'),
}
