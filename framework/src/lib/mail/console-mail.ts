import type { Mailbox, MailTransport } from '../core/mail.ts'

/** Writes mails to the terminal: for development. */
export function consoleMail(): MailTransport {
  return {
    send({ from, to, subject, text }) {
      // A name in it may be a stranger's, and a terminal obeys control characters.
      const body = text.replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, '')
      console.log(
        `\n── Mail ──\nFrom: ${written(from)}\nTo: ${to.map(written).join(', ')}\nSubject: ${subject}\n\n${body.trimEnd()}\n──────────\n`,
      )
      return Promise.resolve()
    },
  }
}

function written({ name, address }: Mailbox): string {
  return name === '' ? address : `${name} <${address}>`
}
