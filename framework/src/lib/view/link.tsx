import { useEffect, useRef, type ComponentProps, type ReactNode } from 'react'
import type { LinkableId, ParamsOf, SearchInputOf } from '../core/register.ts'
import { href as hrefOf, type HrefArgs } from '../routing/href.ts'
import { onceInView } from './in-view.ts'
import { usePageContext } from './router.ts'

interface LinkBehaviour {
  /**
   * When to fetch the page ahead: as the visitor points at the link (`intent`, the default), as it scrolls into
   * view, or never. Visitors who save data fetch nothing ahead.
   */
  prefetch?: 'intent' | 'view' | 'none'
  /** Replaces the current history entry (default: adds one). */
  replace?: boolean
  /** Keeps scroll position and focus (default: goes to the top, or to the hash). */
  keepScroll?: boolean
  /** `none` shows the page without a cross-fade. */
  transition?: 'auto' | 'none'
}

/** Where a typed link leads: a route's id with what that route needs. */
type RouteTarget<P extends LinkableId> = { to: P; href?: never; hash?: string } & ({} extends ParamsOf<P>
  ? { params?: ParamsOf<P> }
  : { params: ParamsOf<P> }) &
  ({} extends SearchInputOf<P> ? { search?: SearchInputOf<P> } : { search: SearchInputOf<P> })

/** Where any other link leads: a path of this site, or a URL. */
interface UrlTarget {
  href: string
  to?: never
  params?: never
  search?: never
  hash?: never
}

export type LinkProps<P extends LinkableId = LinkableId> = Omit<ComponentProps<'a'>, 'href'> & LinkBehaviour & (RouteTarget<P> | UrlTarget)

/**
 * A link to another page: `<Link to="/movies/[id=int]" params={{ id: 7 }}>`, or `<Link href="/movies/7">` where the
 * target is only known as text. It renders a plain `<a>`, and marks the current page with `aria-current="page"`.
 *
 * @throws {HotclubError} `HC_HREF` when `params` do not fit the route
 */
export function Link<const P extends LinkableId>(props: LinkProps<P>): ReactNode {
  const {
    to,
    params,
    search,
    hash,
    href,
    prefetch = 'intent',
    replace,
    keepScroll,
    transition,
    children,
    ...rest
  } = props as LinkProps & {
    params?: object
    search?: unknown
  }
  const { page, router } = usePageContext()
  const url = to === undefined ? href! : hrefOf(to, ...([params, { search, hash }] as unknown as HrefArgs<LinkableId>))
  const anchor = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    if (prefetch === 'view') return onceInView(anchor.current!, () => router.prefetch(url))
  }, [prefetch, url, router])
  return (
    <a
      aria-current={url.split('#', 1)[0] === page.url ? 'page' : undefined}
      {...rest}
      ref={prefetch === 'view' ? anchor : rest.ref}
      href={url}
      data-prefetch={prefetch === 'intent' ? '' : undefined}
      data-replace={replace ? '' : undefined}
      data-keep-scroll={keepScroll ? '' : undefined}
      data-transition={transition === 'none' ? 'none' : undefined}
    >
      {children}
    </a>
  )
}
