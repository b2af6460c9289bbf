/** How much a message matters; views style by it. */
export type MessageLevel = 'debug' | 'info' | 'success' | 'warning' | 'error'

/** Something to tell the visitor once. */
export interface Message {
  level: MessageLevel
  text: string
}

/**
 * Tells the visitor something, exactly once: in this answer where it is a page, else on the next page that is shown, a redirect or not.
 * Until then it waits in a signed cookie.
 */
export interface Messages {
  debug(text: string): void
  info(text: string): void
  success(text: string): void
  warning(text: string): void
  error(text: string): void
}
