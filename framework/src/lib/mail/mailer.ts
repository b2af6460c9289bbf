import { setTimeout as delay } from 'node:timers/promises'
import { HotclubError } from '../core/hotclub-error.ts'
import { getLogger } from '../core/log.ts'
import type { Mail, MailSettings, MailTransport } from '../core/mail.ts'
import { createQueue } from '../core/queue.ts'
import { serviceKey, type ServiceKey } from '../core/services.ts'
import { checkMail } from './check-mail.ts'
import { consoleMail } from './console-mail.ts'
import { smtpMail } from './smtp-mail.ts'

/** Milliseconds after which an answer has left that was ready when its mail was queued. */
const afterAnswer = 50

/** Sends mail. */
export interface Mailer {
  /**
   * Sends a mail and waits until it has left.
   *
   * @throws {HotclubError} `HC_MAIL` when the mail is wrong, or there is no way to send it
   */
  send(mail: Mail): Promise<void>
  /**
   * Sends a mail after the answer has left, so that neither time nor failure shows in it whether there was one to send. What goes wrong is
   * logged.
   */
  queue(mail: Mail): void
  /** Waits for all that is queued. */
  flush(): Promise<void>
}

/** The mailer of the app: `context.service(mailService)`. */
export const mailService: ServiceKey<Mailer> = serviceKey('mailer', 'Make the app with createApp, which sets it up.')

/**
 * Creates a mailer.
 *
 * @param environment `SMTP_URL` and `NODE_ENV` count where the settings name no transport
 * @throws {HotclubError} `HC_MAIL` when `SMTP_URL` is none
 */
export function createMailer({ from, transport }: MailSettings, environment: NodeJS.ProcessEnv = process.env): Mailer {
  const way = transport ?? transportOf(environment)
  const queue = createQueue(4, 1_000)
  const queued = new Set<Promise<void>>()
  const send = async (mail: Mail): Promise<void> => {
    const checked = checkMail(mail, from)
    if (way) return await way.send(checked)
    throw new HotclubError('HC_MAIL', {
      where: 'SMTP_URL',
      message: 'There is no way to send mail.',
      hint: 'Set SMTP_URL=smtps://user:password@host, or mail.transport in app/settings.ts.',
    })
  }
  return {
    send,
    queue(mail) {
      const sending = delay(afterAnswer)
        .then(() => queue.run(() => send(mail)))
        .catch((err: unknown) => getLogger().error({ err, subject: mail.subject }, 'A mail could not be sent.'))
        .finally(() => queued.delete(sending))
      queued.add(sending)
    },
    async flush() {
      while (queued.size > 0) await Promise.all(queued)
    },
  }
}

function transportOf({ SMTP_URL: url, NODE_ENV }: NodeJS.ProcessEnv): MailTransport | undefined {
  if (url) return smtpMail(url)
  return NODE_ENV === 'production' ? undefined : consoleMail()
}
