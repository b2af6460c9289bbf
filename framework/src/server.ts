/** `hotclub/server`: the assembled application. Apps rarely import it; the generated server entry does. */
export { accountRoutes } from './lib/accounts/routes.ts'
export { adminRoutes } from './lib/admin/routes.ts'
export { createApp } from './lib/server/app.ts'
export type { App, AppManifest, Assets, ClientModule, DevAssets, ErrorReport } from './lib/server/types.ts'
