import { ViewTransition, type ReactNode } from 'react'
import { LevelReactContext, PageReactContext, type PageContext } from './router.ts'
import type { PagePayload } from './payload.ts'
import type { RouteModule } from '../routing/types.ts'
import { ErrorBoundary } from './error-boundary.tsx'

/** What a level of the chain brings to the page: the part of its module that the browser has too. */
export type ViewModule = Pick<RouteModule, 'default' | 'ErrorView'>

/** Names the React transition of a navigation, so that a refetch or an app's own transition moves nothing. */
export const NAVIGATION_TRANSITION = 'navigation'

/**
 * The page: root, layouts and view nested into each other, each with its own loader data.
 * Rendered alike on the server and in the browser.
 *
 * @param context What the parts of `hotclub/client` read
 * @param views One module a level, root first
 */
export function Page({ context, views }: { context: PageContext; views: ViewModule[] }): ReactNode {
  return <PageReactContext value={context}>{level(context.page, views, 0, undefined)}</PageReactContext>
}

function level(page: PagePayload, views: ViewModule[], index: number, outer: ViewModule['ErrorView']): ReactNode {
  const { default: View, ErrorView } = views[index]!
  const nearest = ErrorView ?? outer
  const isLeaf = index === views.length - 1
  const props = {
    data: page.data[index],
    params: page.params,
    search: page.search,
    actionData: isLeaf ? page.actionData : undefined,
  }
  const isRoot = index === 0
  if (page.error?.level === index && ErrorView) {
    const shown = <ErrorView error={page.error.value} params={page.params} />
    return isRoot && View ? <View {...props}>{shown}</View> : shown
  }
  const below = isLeaf ? undefined : level(page, views, index + 1, nearest)
  const context = { ErrorView: nearest, params: page.params, scope: isLeaf ? page.url : '' }
  // The root's error view stands inside the document, every other one in place of its level.
  if (isRoot && View)
    return (
      <LevelReactContext value={context}>
        <View {...props}>{guarded(page, ErrorView, below)}</View>
      </LevelReactContext>
    )
  if (!View) return guarded(page, ErrorView, below)
  const shown = (
    <LevelReactContext value={context}>
      <View key={isLeaf ? page.url.split('?', 1)[0] : undefined} {...props}>
        {below}
      </View>
    </LevelReactContext>
  )
  return guarded(page, ErrorView, isLeaf ? crossFading(shown) : shown)
}

/** CSS may style the transition by this name: `::view-transition-group(page)`. */
const TRANSITION_NAME = 'page'
const CROSS_FADE = { [NAVIGATION_TRANSITION]: 'auto', default: 'none' } as const

/** Only in the browser: on the server React would write an attribute for it into each of the page's elements. */
function crossFading(children: ReactNode): ReactNode {
  if (typeof document === 'undefined') return children
  return (
    <ViewTransition name={TRANSITION_NAME} default={CROSS_FADE}>
      {children}
    </ViewTransition>
  )
}

/** On the server React's boundaries catch nothing: what fails there is answered by the server, or left to the browser. */
function guarded(page: PagePayload, ErrorView: ViewModule['ErrorView'], children: ReactNode): ReactNode {
  if (!ErrorView || typeof document === 'undefined') return children
  return (
    <ErrorBoundary page={page} ErrorView={ErrorView}>
      {children}
    </ErrorBoundary>
  )
}
