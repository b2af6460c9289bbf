import type { ComponentProps, ReactNode } from 'react'
import { CSRF_FIELD } from './form-node.ts'
import { usePageContext } from './router.ts'

export interface FormProps extends Omit<ComponentProps<'form'>, 'action' | 'method'> {
  /** Default: `get`. */
  method?: 'get' | 'post'
  /** Path and query to send to (default: the current page). */
  action?: string
  /** Replaces the current history entry (default: adds one, unless the page stays the same). */
  replace?: boolean
  /** Keeps scroll position and focus (default: only while the page stays the same). */
  keepScroll?: boolean
}

/**
 * A form that is sent without loading a document. `get` navigates with the fields as query; `post` runs the page's
 * action, then follows its redirect or shows its action data. While a `post` is under way, the form is not sent again.
 *
 * It renders a plain `<form>`: without JavaScript it is sent by the browser, to the same effect.
 */
export function Form({ replace, keepScroll, children, ...rest }: FormProps): ReactNode {
  const { csrf } = usePageContext().page
  return (
    <form {...rest} data-form="" data-replace={replace ? '' : undefined} data-keep-scroll={keepScroll ? '' : undefined}>
      {csrf !== undefined && rest.method === 'post' && <input type="hidden" name={CSRF_FIELD} value={csrf} />}
      {children}
    </form>
  )
}
