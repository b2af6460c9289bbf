import { hydrateRoot } from 'react-dom/client'
import { PageError } from '../view/page-error.ts'
import type { Router } from '../view/router.ts'
import type { HrefSettings } from '../routing/href.ts'
import { configureHref } from '../routing/href.ts'
import { ClientApp } from './client-app.tsx'
import { setDecimalSource, type LoadDecimal } from './decimal.ts'
import { readDocumentParts, readFirstPage, readTrailingSlash } from './first-page.ts'
import { listen } from './listen.ts'
import { importViews } from './modules.ts'

export interface StartOptions {
  /** Imports Prisma's `Decimal`, for pages whose data holds one (default: decimals stay texts). */
  decimal?: LoadDecimal
  /** The app's own converters, for links. */
  converters?: HrefSettings['converters']
}

/**
 * Brings the document to life, as early as its first part is there: hydrates it, and navigates from then on.
 *
 * @returns The router, when the page answers clicks
 */
export async function start({ decimal, converters = {} }: StartOptions = {}): Promise<Router> {
  setDecimalSource(decimal)
  configureHref({ converters, trailingSlash: readTrailingSlash() })
  const page = await readFirstPage()
  const views = await importViews(page.modules)
  const { promise, resolve } = Promise.withResolvers<Router>()
  const onReady = (router: Parameters<typeof listen>[0]): void => {
    listen(router)
    resolve(router)
  }
  hydrateRoot(document, <ClientApp first={{ page, views, arrival: undefined }} document={readDocumentParts()} onReady={onReady} />, {
    // As uncaught ones are: what watches a page for errors (a monitor, the dev server's overlay) hears of those an ErrorView shows, too.
    onCaughtError(error) {
      if (!(error instanceof PageError)) reportError(error)
    },
    onRecoverableError(error) {
      // A loader's refusal, told to the visitor where it happened.
      if (!(error instanceof PageError)) console.error(error)
    },
  })
  return await promise
}
