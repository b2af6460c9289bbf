import { DATA_PREFIX } from '../view/payload.ts'

/** What a request asks for, in the app's terms. */
export interface Target {
  /** Protocol, host and port: `https://matinee.example`. */
  origin: string
  /** Still percent-encoded; starts with `/`. */
  pathname: string
  /** With its `?`, or empty. */
  query: string
  /** Whether only the page's data is wanted. */
  isData: boolean
}

/**
 * Splits an absolute request URL without building a `URL`, and folds data requests onto the page's own path, so that
 * everything after this sees one path however the page was asked for.
 */
export function parseTarget(url: string): Target {
  const start = url.indexOf('/', url.indexOf('//') + 2)
  const hash = url.indexOf('#')
  const end = hash === -1 ? url.length : hash
  const mark = url.indexOf('?')
  const pathEnd = mark === -1 || mark > end ? end : mark
  const pathname = start === -1 ? '/' : url.slice(start, pathEnd)
  const query = url.slice(pathEnd, end)
  const origin = url.slice(0, start === -1 ? pathEnd : start)
  if (!pathname.startsWith(DATA_PREFIX)) return { origin, pathname, query, isData: false }
  const rest = pathname.slice(DATA_PREFIX.length)
  if (rest === '' || rest.startsWith('/')) return { origin, pathname: rest || '/', query, isData: true }
  return { origin, pathname, query, isData: false }
}
