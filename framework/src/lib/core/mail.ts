/** Mail as apps write it and as transports get it. Settings know the latter, so both live here. */

/** Who a mail goes to or comes from. */
export interface Mailbox {
  /** Empty where there is only the address. */
  name: string
  address: string
}

/** A mailbox as one writes it: `ada@example.com`, `Ada Lovelace <ada@example.com>`, or its parts, for a name that somebody chose. */
export type MailboxInput = string | Mailbox

/** A mail to send. */
export interface Mail {
  to: MailboxInput | MailboxInput[]
  subject: string
  /** The mail for those who read plain text; every mail has it. */
  text: string
  /** The same with looks. */
  html?: string
  /** Default: `mail.from` of the settings. */
  from?: MailboxInput
  replyTo?: MailboxInput
  /** More headers by name; not those that the fields above stand for. */
  headers?: Record<string, string>
}

/** A mail that was found right and is complete. */
export interface OutgoingMail {
  from: Mailbox
  to: Mailbox[]
  replyTo: Mailbox | undefined
  subject: string
  text: string
  html: string | undefined
  headers: Record<string, string>
}

/** A way for mail to leave. */
export interface MailTransport {
  /** Settles when the mail has left, rejects when it could not. */
  send(mail: OutgoingMail): Promise<void>
}

/** How mail leaves. */
export interface MailSettings {
  /** Whom mail comes from (default: `MAIL_FROM` of the environment, or `noreply@localhost`). */
  from: string
  /** Default: the server at `SMTP_URL` of the environment; without it the terminal in development, and in production nothing. */
  transport?: MailTransport | undefined
}

const plain = /^[^\s\x00-\x20\x7f<>()[\]\\,;:@"]{1,64}@[^\s\x00-\x20\x7f<>()[\]\\,;:@"]{1,254}$/
const named = /^(?<name>[^<>"]*)<(?<address>[^<>]+)>$/

/** Reads a mailbox; `undefined` when it is not exactly one, or holds what could become another header. */
export function parseMailbox(input: MailboxInput): Mailbox | undefined {
  const mailbox = typeof input === 'string' ? splitMailbox(input) : input
  return plain.test(mailbox.address) && !hasControls(mailbox.name) ? mailbox : undefined
}

function splitMailbox(text: string): Mailbox {
  const { name = '', address = text } = named.exec(text)?.groups ?? {}
  return { name: name.trim(), address: address.trim() }
}

/** Whether a text holds control characters, line breaks among them: in a header they would begin another. */
export function hasControls(text: string): boolean {
  return /[\x00-\x1f\x7f\u0085\u2028\u2029]/.test(text)
}
