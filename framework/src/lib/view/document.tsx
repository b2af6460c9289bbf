import type { ReactNode } from 'react'
import { PAYLOAD_ELEMENT, type HeadTag } from './payload.ts'
import { usePageContext } from './router.ts'

/**
 * Everything of the current page that belongs into `<head>`: title, meta, links, JSON-LD, stylesheets.
 * Stands once, inside the `<head>` of `app/root.tsx`, and follows every navigation.
 */
export function Head(): ReactNode {
  const { page, document } = usePageContext()
  return (
    <>
      {page.head.map(headTag)}
      {page.styles.map((href) => (
        <link key={href} rel="stylesheet" href={href} precedence="default" />
      ))}
      {document.devNonce !== undefined && <meta property="csp-nonce" nonce={document.devNonce} />}
      {document.devStyles.map(({ id, css }) => (
        <style
          key={id}
          nonce={document.devNonce}
          data-vite-dev-id={id}
          dangerouslySetInnerHTML={{ __html: css }}
          suppressHydrationWarning
        />
      ))}
      {document.preload.map((href) => (
        <link key={href} rel="modulepreload" href={href} />
      ))}
    </>
  )
}

function headTag({ key, tag: Tag, attributes, text }: HeadTag): ReactNode {
  if (Tag === 'title') return <title key={key}>{text}</title>
  if (Tag === 'script') return <script key={key} {...attributes} dangerouslySetInnerHTML={{ __html: text ?? '' }} />
  return <Tag key={key} {...attributes} />
}

/**
 * The page's data and the module that brings it to life. Stands once, at the end of `<body>` in `app/root.tsx`.
 * Renders nothing where the route says `hydrate = false`.
 */
export function Scripts(): ReactNode {
  const { document } = usePageContext()
  if (document.entry === undefined) return null
  return (
    <>
      <script
        type="application/json"
        id={PAYLOAD_ELEMENT}
        data-slash={document.slash ? '' : undefined}
        dangerouslySetInnerHTML={{ __html: document.payload }}
        suppressHydrationWarning
      />
      <script type="module" src={document.entry} async onError={staysHere} />
    </>
  )
}

/** React moves async scripts to the head, where they may run before the payload is parsed; not those with a handler. */
function staysHere(): void {}
