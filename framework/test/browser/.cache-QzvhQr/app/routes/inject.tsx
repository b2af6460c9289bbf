import type { LoaderArgs, ViewProps } from 'hotclub'
import { useNonce } from 'hotclub/client'

/** What an attacker has managed to store. */
export function loader({ url }: LoaderArgs) {
  return { html: url.searchParams.get('html') ?? '' }
}

export const head = { title: 'Inject' }

export default function Page({ data }: ViewProps<typeof loader>) {
  return (
    <>
      <h1>Inject</h1>
      <style nonce={useNonce()}>{'#styled { color: rgb(1, 2, 3) }'}</style>
      <script nonce={useNonce()} dangerouslySetInnerHTML={{ __html: 'window.own = true' }} suppressHydrationWarning />
      <p id="styled">Styled</p>
      <div id="stored" dangerouslySetInnerHTML={{ __html: data.html }} />
    </>
  )
}
