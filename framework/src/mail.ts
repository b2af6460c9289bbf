/** `hotclub/mail`: mail, and the ways it leaves. */
export type { Mail, Mailbox, MailboxInput, MailSettings, MailTransport, OutgoingMail } from './lib/core/mail.ts'
export { consoleMail } from './lib/mail/console-mail.ts'
export { fileMail } from './lib/mail/file-mail.ts'
export { mailService, type Mailer } from './lib/mail/mailer.ts'
export { memoryMail, type MemoryMail } from './lib/mail/memory-mail.ts'
export { smtpMail } from './lib/mail/smtp-mail.ts'
