import type { Context } from '../core/context.ts'
import { mailService } from '../mail/mailer.ts'
import { authService } from './config.ts'
import type { AccountMails, MailFacts } from './mails.ts'

/** What a mail says beyond what every mail does. */
type More<K extends keyof AccountMails> = Omit<Parameters<AccountMails[K]>[0], keyof MailFacts>

/**
 * Sends a mail about an account, after the answer: how long that takes tells nobody whether there is one.
 *
 * @param to Whom it goes to
 */
export function mailUser<K extends keyof AccountMails>(
  context: Context,
  to: { email: string; name?: string },
  kind: K,
  more: More<K>,
): void {
  const { mails, siteName } = context.service(authService)
  const write = mails[kind] as (facts: MailFacts & More<K>) => { subject: string; text: string }
  const { subject, text } = write({ siteName, name: to.name ?? '', origin: context.url.origin, ...more })
  context.service(mailService).queue({ to: to.email, subject, text })
}
