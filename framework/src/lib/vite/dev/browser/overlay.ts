/** Shows a report over the page, in a tree of its own that the app's styles do not reach. */

const ID = 'hotclub-error'

/** Shows the overlay's markup, in place of one that is up already. */
export function showOverlay(markup: string): void {
  hideOverlay()
  const host = document.createElement('div')
  host.id = ID
  const root = host.attachShadow({ mode: 'open' })
  // The style lives under the page's policy, like any other.
  const nonce = document.querySelector<HTMLElement>('meta[property=csp-nonce]')?.nonce ?? ''
  root.innerHTML = markup.replace('<style>', `<style nonce="${nonce}">`)
  wireReport(root)
  // React takes the whole document away when a root fails that has no error view.
  if (!document.documentElement) document.append(document.createElement('html'))
  document.documentElement.append(host)
  const dialog = root.querySelector('dialog')
  dialog?.addEventListener('close', hideOverlay)
  dialog?.querySelector('[data-close]')?.addEventListener('click', hideOverlay)
  dialog?.showModal()
}

/** Takes the overlay away. */
export function hideOverlay(): void {
  document.getElementById(ID)?.remove()
}

/** Gives the buttons of a report their function: copy, and open a file in the editor. */
export function wireReport(root: Document | ShadowRoot): void {
  for (const button of root.querySelectorAll<HTMLButtonElement>('[data-copy]'))
    button.addEventListener('click', () => {
      void navigator.clipboard.writeText(button.dataset['copy'] ?? '').then(() => (button.textContent = 'Copied'))
    })
  for (const button of root.querySelectorAll<HTMLButtonElement>('[data-open]'))
    button.addEventListener('click', () => {
      void fetch(`/__open-in-editor?file=${encodeURIComponent(button.dataset['open'] ?? '')}`)
    })
}
