import type { LoaderArgs } from 'hotclub'

/**
 * The visitor's choice of theme as a stylesheet of its own. Reading the cookie here, and nowhere else, keeps every page
 * the same for all visitors, so that pages can be cached; and it needs no script.
 */
export function GET({ cookies }: LoaderArgs<'/theme.css'>) {
  const cookie = cookies.get('theme')
  const theme = cookie === 'light' || cookie === 'dark' ? cookie : undefined
  const scheme = theme === undefined ? '' : `:root { color-scheme: only ${theme}; }\n`
  const css = `${scheme}.theme-switch [value=${theme ?? 'auto'}] { color: var(--text); border-color: var(--rule); }\n`
  return new Response(css, { headers: { 'content-type': 'text/css; charset=utf-8' } })
}
