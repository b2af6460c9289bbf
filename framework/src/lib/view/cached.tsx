import { useContext, type ReactNode } from 'react'
import { LevelReactContext, PageReactContext, usePageContext } from './router.ts'

export interface CachedProps {
  /** Names the part among all of the app's. */
  name: string
  /** All that the markup inside depends on, as JSON can hold it: other values make another copy. */
  by: unknown
  /** How long the server keeps the markup (default: 300). */
  seconds?: number
  /** The element around it (default: `div`). Its props are the rest. */
  as?: string
  className?: string
  children?: ReactNode
}

/**
 * Renders its children once on the server and keeps the markup, for parts that take long to render and are the same on many pages.
 *
 * ```tsx
 * <Cached name="genres" by={genres}>{genres.map((genre) => <GenreLink key={genre.slug} genre={genre} />)}</Cached>
 * ```
 *
 * What is inside may use the parts of `hotclub/client`, and hydrates as ever. It may hold nothing that `by` does not name: no forms, no nonce,
 * no context of the app's own, no promises. Data is kept by loaders: `cached()` of `hotclub/cache`.
 */
export function Cached({ name, by, seconds = 300, as = 'div', children, ...props }: CachedProps): ReactNode {
  const context = usePageContext()
  const level = useContext(LevelReactContext)
  const html = context.document.fragment?.(`${name}\n${JSON.stringify(by)}`, seconds, () => {
    // A nonce is for one answer.
    const document = Object.create(context.document, { nonce: { value: undefined } }) as typeof context.document
    return (
      <PageReactContext value={{ ...context, document }}>
        <LevelReactContext value={level}>{children}</LevelReactContext>
      </PageReactContext>
    )
  })
  const Element = as as 'div'
  if (html === undefined) return <Element {...props}>{children}</Element>
  return <Element {...props} dangerouslySetInnerHTML={{ __html: html }} />
}
