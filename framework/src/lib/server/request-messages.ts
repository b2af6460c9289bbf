import { getLogger } from '../core/log.ts'
import type { Message, MessageLevel, Messages } from '../core/messages.ts'
import type { Keys } from '../http/keys.ts'
import type { RequestCookies } from './request-cookies.ts'

/** The cookie in which messages wait for a page that shows them. */
export const messagesCookie = 'messages'

/** Bytes of the signed text that fit into a cookie, with its name. */
const maxSize = 4_000

/** The messages of one request: those that waited for a page, and those that were added. */
export class RequestMessages implements Messages {
  readonly #cookies: RequestCookies
  readonly #keys: Keys
  readonly #waiting: Message[]
  readonly #added: Message[] = []
  #place: 'nowhere' | 'ahead' | 'here' = 'nowhere'

  constructor(cookies: RequestCookies, keys: Keys) {
    this.#cookies = cookies
    this.#keys = keys
    this.#waiting = decode(cookies.peek(messagesCookie), keys)
  }

  debug(text: string): void {
    this.#add('debug', text)
  }

  info(text: string): void {
    this.#add('info', text)
  }

  success(text: string): void {
    this.#add('success', text)
  }

  warning(text: string): void {
    this.#add('warning', text)
  }

  error(text: string): void {
    this.#add('error', text)
  }

  /**
   * Hands the messages to a page.
   *
   * @param isAhead Whether nobody may ever see the page: then those that waited go on waiting
   */
  show(isAhead: boolean): Message[] {
    this.#place = isAhead ? 'ahead' : 'here'
    return isAhead ? [...this.#added] : [...this.#waiting, ...this.#added]
  }

  /** Leaves what no page has shown for the next one. */
  leave(): void {
    if (this.#place === 'here') {
      if (this.#cookies.peek(messagesCookie) !== undefined) this.#cookies.delete(messagesCookie)
    } else if (this.#place === 'nowhere' && this.#added.length > 0)
      this.#cookies.set(messagesCookie, this.#fitting([...this.#waiting, ...this.#added]))
  }

  /** @returns The signed text of as many of the newest messages as fit into a cookie */
  #fitting(messages: Message[]): string {
    for (let dropped = 0; ; dropped++) {
      const text = encode(messages.slice(dropped), this.#keys)
      if (text.length > maxSize) continue
      if (dropped > 0) getLogger().warn({ dropped }, 'Messages for a visitor were dropped: together they do not fit into a cookie.')
      return text
    }
  }

  #add(level: MessageLevel, text: string): void {
    this.#added.push({ level, text })
  }
}

function encode(messages: Message[], keys: Keys): string {
  const pairs = messages.map(({ level, text }) => [level, text])
  return keys.sign(Buffer.from(JSON.stringify(pairs)).toString('base64url'), messagesCookie)
}

function decode(signed: string | undefined, keys: Keys): Message[] {
  const text = signed === undefined ? undefined : keys.unsign(signed, messagesCookie)
  if (text === undefined) return []
  const pairs = JSON.parse(Buffer.from(text, 'base64url').toString()) as Array<[MessageLevel, string]>
  return pairs.map(([level, message]) => ({ level, text: message }))
}
