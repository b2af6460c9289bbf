import { HotclubError } from '../core/hotclub-error.ts'
import type { MailTransport } from '../core/mail.ts'
import { messageOf } from './message.ts'

/** Milliseconds to connect, to be greeted, and for an answer: a server that hangs must not hold mails for long. */
const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 }

/**
 * Hands mails to a mail server.
 *
 * @param url `smtps://user:password@mail.example.com` (TLS from the start, port 465) or `smtp://…:587`. The latter has to offer TLS, unless
 *   it is this machine or has a name without a dot; `?requireTLS=false` does without
 * @throws {HotclubError} `HC_MAIL` when it is no such URL
 */
export function smtpMail(url: string): MailTransport {
  const { hostname, protocol } = URL.parse(url) ?? {}
  if (!hostname || (protocol !== 'smtp:' && protocol !== 'smtps:'))
    throw new HotclubError('HC_MAIL', {
      where: 'SMTP_URL',
      message: 'The address of the mail server cannot be read.',
      hint: 'Write it as smtps://user:password@mail.example.com, with signs like @ and # of the password percent-encoded.',
    })
  const isNear = /^(?:[^.[]+|127(?:\.\d+){3}|\[::1\])$/.test(hostname)
  return {
    async send(mail) {
      const { createTransport } = await import('nodemailer')
      await createTransport({ url, requireTLS: !isNear, ...timeouts }).sendMail(messageOf(mail))
    },
  }
}
