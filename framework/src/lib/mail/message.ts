import type { OutgoingMail } from '../core/mail.ts'

/** What nodemailer takes for a mail. */
type Message = OutgoingMail & { disableFileAccess: true; disableUrlAccess: true }

/** Gives a mail to nodemailer, which is not to fetch anything for it. */
export function messageOf(mail: OutgoingMail): Message {
  return { ...mail, disableFileAccess: true, disableUrlAccess: true }
}
