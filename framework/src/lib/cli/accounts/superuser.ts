import colors from 'picocolors'
import { auditLine } from '../../auth/events.ts'
import { hashPassword } from '../../auth/passwords/passwords.ts'
import { type AuthDb, hasAccounts, missingAccounts } from '../../auth/tables.ts'
import { normalizeEmail } from '../../auth/users.ts'
import { HotclubError } from '../../core/hotclub-error.ts'
import { withClient } from '../../db/generated.ts'
import { email as emailSchema } from '../../forms/text-formats.ts'
import { askText } from '../data/ask.ts'
import { preparedProject } from '../data/prepared-project.ts'
import { loadSignals } from '../data/signals.ts'
import { newPassword, type PasswordFlags } from './passwords.ts'

export interface SuperuserFlags extends PasswordFlags {
  email?: string
  name?: string
}

/**
 * Makes a superuser: asks for what flags and environment do not say.
 *
 * @throws {HotclubError} `HC_ACCOUNT` when the address is none, or has an account
 */
export async function createSuperuser(flags: SuperuserFlags): Promise<void> {
  const { SUPERUSER_EMAIL, SUPERUSER_NAME } = process.env
  await withAccounts(async (db) => {
    const email = checkedEmail(flags.email ?? SUPERUSER_EMAIL ?? (await askText('E-mail', 'ada@example.com', '--email ada@example.com')))
    if (await db.user.findUnique({ where: { email } }))
      throw new HotclubError('HC_ACCOUNT', {
        where: email,
        message: 'There is an account with this address already.',
        hint: 'Take another address, or run hotclub changepassword for this one.',
      })
    const name = flags.name ?? SUPERUSER_NAME ?? (await askText('Name', 'Ada', '--name Ada'))
    const password = await newPassword('SUPERUSER_PASSWORD', { 'e-mail address': email, name }, flags)
    const rights = { isStaff: true, isSuperuser: true, emailVerifiedAt: new Date() }
    const user = await db.user.create({ data: { email, name, password: await hashPassword(password), ...rights } })
    await db.auditEvent.create({ data: auditLine('account.signedUp', { user, detail: { by: 'hotclub createsuperuser' } }) })
    console.log(`${colors.green('✓')} ${email} may do everything. Sign in at /login.`)
  })
}

/**
 * Gives an account another password, and ends its sessions.
 *
 * @throws {HotclubError} `HC_ACCOUNT` when there is no such account
 */
export async function changePassword(address: string | undefined, flags: PasswordFlags): Promise<void> {
  await withAccounts(async (db) => {
    const email = checkedEmail(address ?? (await askText('E-mail', 'ada@example.com', 'hotclub changepassword ada@example.com')))
    const user = await db.user.findUnique({ where: { email } })
    if (!user)
      throw new HotclubError('HC_ACCOUNT', { where: email, message: 'There is no account with this address.', hint: 'Check the address.' })
    const password = await newPassword('NEW_PASSWORD', { 'e-mail address': email, name: user.name }, flags)
    // A session whose epoch is another one ends with its next request, in every process.
    await db.user.update({ where: { id: user.id }, data: { password: await hashPassword(password), epoch: user.epoch + 1 } })
    await db.auditEvent.create({ data: auditLine('account.passwordChanged', { user, detail: { by: 'hotclub changepassword' } }) })
    console.log(`${colors.green('✓')} ${email} has another password, and is signed out everywhere.`)
  })
}

function checkedEmail(text: string): string {
  const result = emailSchema().safeParse(text)
  if (result.success) return normalizeEmail(result.data)
  throw new HotclubError('HC_ACCOUNT', {
    where: text.slice(0, 100),
    message: 'This is no e-mail address.',
    hint: 'Write it as ada@example.com.',
  })
}

async function withAccounts(run: (db: AuthDb) => Promise<void>): Promise<void> {
  const project = await preparedProject()
  const withAccounts = async (db: unknown): Promise<void> => {
    if (!hasAccounts(db)) throw missingAccounts(db)
    await run(db)
  }
  await withClient(project, withAccounts, (await loadSignals(project.root)).ofRows)
}
