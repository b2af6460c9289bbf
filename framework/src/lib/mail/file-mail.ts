import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { MailTransport } from '../core/mail.ts'
import { messageOf } from './message.ts'

/**
 * Writes each mail to a file of its own, as `.eml`, which mail programs open: for staging and for tests in a browser. Names sort by time.
 *
 * @param folder Made when it is needed; readable by this user alone, as links in mails are keys
 */
export function fileMail(folder: string): MailTransport {
  return {
    async send(mail) {
      const { createTransport } = await import('nodemailer')
      const { message } = await createTransport({ streamTransport: true, buffer: true }).sendMail(messageOf(mail))
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const name = `${new Date().toISOString().replaceAll(':', '-')}-${randomBytes(4).toString('hex')}.eml`
      await writeFile(join(folder, name), message, { mode: 0o600, flag: 'wx' })
    },
  }
}
