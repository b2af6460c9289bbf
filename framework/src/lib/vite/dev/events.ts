/** What the dev server, its plugin and its client in the browser agree on. */

/** Marks the answer to a data request that failed on a mistake in the app; the browser keeps its page and waits. */
export const ERROR_HEADER = 'x-hotclub-dev-error'

/** The module that joins pages without hydration to the dev server: it loads them anew after a change. */
export const PLAIN_CLIENT = 'virtual:hotclub/dev-client'

/** Where the browser finds it. */
export const PLAIN_CLIENT_URL: string = `/@id/__x00__${PLAIN_CLIENT}`
