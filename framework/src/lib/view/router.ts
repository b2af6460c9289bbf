import { createContext, useContext, type ReactNode } from 'react'
import type { RouteModule } from '../routing/types.ts'
import type { PagePayload } from './payload.ts'

/** What the browser is doing: showing a page, fetching the next one, or sending a form. */
export interface Navigation {
  state: 'idle' | 'loading' | 'submitting'
  /** Path and query of the page that is coming; `undefined` while idle. */
  to: string | undefined
  /** What is being sent; `undefined` unless a form is. */
  form: FormData | undefined
}

export interface NavigateOptions {
  /** Replaces the current history entry (default: adds one). */
  replace?: boolean
  /** Keeps scroll position and focus (default: goes to the top, or to the hash). */
  keepScroll?: boolean
  /** Cross-fades the pages where the browser can and the visitor has not asked for less motion (default: `true`). */
  transition?: boolean
}

/** What views can do with the router. On the server nothing moves, so every call but reading is a mistake there. */
export interface Router {
  /** Shows another page. Resolves when it is on screen, or when a newer navigation took over. */
  navigate(to: string, options?: NavigateOptions): Promise<void>
  /** Fetches a page ahead, once, and keeps it shortly. */
  prefetch(to: string): void
  submit(form: FormData, options: SubmitOptions): Promise<void>
  /** Runs the current page's loaders again; state and scroll position stay. */
  revalidate(): Promise<void>
}

export interface SubmitOptions extends NavigateOptions {
  method: 'get' | 'post'
  /** Path and query. */
  action: string
  /** `multipart/form-data` is needed for files (default: `application/x-www-form-urlencoded`). */
  encType?: string
}

/** Everything a view may read about the page it is part of. */
export interface PageContext {
  page: PagePayload
  router: Router
  /** Markup that only the first page needs: `<Scripts>` renders it. */
  document: DocumentParts
}

/** What the document adds around the views. In the browser it says what the server said, so that hydration agrees. */
export interface DocumentParts {
  /** The module that hydrates; `undefined` where the page ships no script. */
  entry: string | undefined
  /** Modules to preload. */
  preload: string[]
  /** The encoded payload. */
  payload: string
  /** Whether paths end with a slash. */
  slash: boolean
  /** Gives the markup of a part that is kept; missing in the browser, and where nothing is kept. */
  fragment?: (key: string, seconds: number, children: () => ReactNode) => string
  /** Allows inline parts of the page; asking for it puts it into the policy. Missing in the browser, which hides it. */
  nonce?: string
  /** The same in development, where every page has one: Vite's client inserts styles with it. */
  devNonce: string | undefined
  /** Styles that the dev server inlines. */
  devStyles: Array<{ id: string; css: string }>
}

/** What a part needs to know of the level (root, layout or page) it stands in. */
export interface LevelContext {
  /** The nearest at or above the level. */
  ErrorView: RouteModule['ErrorView']
  params: Record<string, unknown>
  /** Changes when the level shows something else. Layouts stay across navigations, so theirs never does. */
  scope: string
}

export const PageReactContext: React.Context<PageContext | undefined> = createContext<PageContext | undefined>(undefined)

export const LevelReactContext: React.Context<LevelContext> = createContext<LevelContext>({ ErrorView: undefined, params: {}, scope: '' })

export const IDLE: Navigation = { state: 'idle', to: undefined, form: undefined }

/** Apart from the page, so that only what shows progress renders again when a navigation starts. */
export const NavigationReactContext: React.Context<Navigation> = createContext<Navigation>(IDLE)

/** The page around a view. Throws outside a Hotclub page. */
export function usePageContext(): PageContext {
  const context = useContext(PageReactContext)
  if (!context) throw new Error('Parts of hotclub/client work only inside a page that Hotclub renders.')
  return context
}
