/** A provider for browser tests, which know the framework by HTTP only: runs until it is ended. PORT says where. */
import { startOidcProvider } from './oidc-provider.ts'

const { PORT } = process.env
await startOidcProvider(Number(PORT))
