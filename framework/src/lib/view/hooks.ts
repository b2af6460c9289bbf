import { useContext } from 'react'
import type { ViewError } from './payload.ts'
import { NavigationReactContext, usePageContext, type Navigation, type Router } from './router.ts'

/** What any component may know about the page it is on. */
export interface PageInfo {
  /** Path and query as the visitor sees them. */
  url: string
  /** The route's id: `/movies/[id=int]`; empty where no route matched. */
  route: string
  /** The HTTP status the page was answered with. */
  status: number
  params: Record<string, unknown>
  search: unknown
  /** The error an `ErrorView` is showing. */
  error: ViewError | undefined
}

/** The current page: its URL, route, params and status. */
export function usePage(): PageInfo {
  const { url, route, status, params, search, error } = usePageContext().page
  return { url, route, status, params, search, error: error?.value }
}

/**
 * Allows an inline script or style of the view under the page's policy: `<style nonce={useNonce()}>`. It holds for the document that was
 * loaded; where a page may be cached for all, the server puts hashes in its place, and there is none in the browser.
 */
export function useNonce(): string | undefined {
  const parts = usePageContext().document
  return typeof document === 'undefined' ? parts.nonce : document.querySelector<HTMLElement>('[nonce]')?.nonce
}

/** What the browser is doing: `idle`, `loading` the next page, or `submitting` a form. Always `idle` on the server. */
export function useNavigation(): Navigation {
  return useContext(NavigationReactContext)
}

/** A function that shows another page, for event handlers and effects. Prefer `<Link>` where a link will do. */
export function useNavigate(): Router['navigate'] {
  return usePageContext().router.navigate
}

/** A function that runs the current page's loaders again, keeping state and scroll position. */
export function useRevalidate(): Router['revalidate'] {
  return usePageContext().router.revalidate
}
