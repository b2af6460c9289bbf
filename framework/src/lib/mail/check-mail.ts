import { HotclubError } from '../core/hotclub-error.ts'
import { hasControls, type Mail, type Mailbox, type MailboxInput, type OutgoingMail, parseMailbox } from '../core/mail.ts'

/** Headers that the fields of a mail stand for, or that its form needs. */
const reserved = /^(?:from|sender|to|cc|bcc|reply-to|subject|date|message-id|mime-version|content-.*)$/i

/**
 * Completes a mail and holds it to the rules.
 *
 * @param from Whom it comes from, unless it says so itself
 * @throws {HotclubError} `HC_MAIL` when an address is none, or a header would break out of its line
 */
export function checkMail(mail: Mail, from: string): OutgoingMail {
  const { to, subject, text, html, replyTo, headers = {} } = mail
  if (hasControls(subject)) throw mistake('subject', 'The subject holds a line break or another control character.', 'Take it out.')
  for (const [name, value] of Object.entries(headers)) checkHeader(name, value)
  const boxes = [to].flat()
  if (boxes.length === 0) throw mistake('to', 'The mail goes to nobody.', 'Give an address at least.')
  return {
    from: mailbox('from', mail.from ?? from),
    to: boxes.map((box) => mailbox('to', box)),
    replyTo: replyTo === undefined ? undefined : mailbox('replyTo', replyTo),
    subject,
    text,
    html,
    headers,
  }
}

function mailbox(field: string, input: MailboxInput): Mailbox {
  const box = parseMailbox(input)
  if (box) return box
  const shown = JSON.stringify(input).slice(0, 200)
  throw mistake(field, `${shown} is not one address.`, "Write 'name@example.com', or { name, address } for a name that somebody chose.")
}

function checkHeader(name: string, value: string): void {
  if (reserved.test(name)) throw mistake('headers', `'${name}' has a field of its own, or is none of a mail's to set.`, 'Leave it out.')
  if (!/^[a-z][a-z\d-]{0,76}$/i.test(name) || hasControls(value))
    throw mistake('headers', `${JSON.stringify(name)} is no header, or its value holds a line break.`, 'Take out what is no text.')
}

function mistake(field: string, message: string, hint: string): HotclubError {
  return new HotclubError('HC_MAIL', { where: `mail.${field}`, message, hint })
}
