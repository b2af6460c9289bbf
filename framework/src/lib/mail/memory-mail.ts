import type { MailTransport, OutgoingMail } from '../core/mail.ts'

/** A transport that keeps what it gets. */
export interface MemoryMail extends MailTransport {
  /** Every mail so far, the oldest first. */
  readonly sent: OutgoingMail[]
}

/** Keeps mails in memory: for tests. */
export function memoryMail(): MemoryMail {
  const sent: OutgoingMail[] = []
  return {
    sent,
    send(mail) {
      sent.push(mail)
      return Promise.resolve()
    },
  }
}
