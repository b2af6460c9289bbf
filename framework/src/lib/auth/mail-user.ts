import type { Context } from '../core/context.ts'
import { getLogger } from '../core/log.ts'
import { createRateLimiter } from '../http/rate-limiter.ts'
import { mailService } from '../mail/mailer.ts'
import { authService } from './config.ts'
import type { AccountMails, MailFacts } from './mails.ts'

/** What a mail says beyond what every mail does. */
type More<K extends keyof AccountMails> = Omit<Parameters<AccountMails[K]>[0], keyof MailFacts>

/** How many mails of one kind an address gets, whoever asks for them. */
const limiter = createRateLimiter({ max: 5, seconds: 3_600 })

/**
 * Sends a mail about an account, after the answer: how long that takes tells nobody whether there is one. An address gets five of a kind in an
 * hour at most.
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
  const mailer = context.service(mailService)
  // Not waited for: not even the time of the count may tell.
  limiter.consume(`mail ${kind} ${to.email}`).then(
    ({ allowed }) => {
      if (allowed) mailer.queue({ to: to.email, subject, text })
      else getLogger().warn({ kind, requestId: context.requestId }, 'An account mail was not sent: its address has had too many.')
    },
    (err: unknown) =>
      getLogger().error({ err, kind, requestId: context.requestId }, 'An account mail was not sent: it could not be counted.'),
  )
}
