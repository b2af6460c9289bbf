/** `hotclub/session`: what the site remembers of a browser. */
export type { Session } from './lib/core/session.ts'
