/** The words of the mails about accounts. */

/** What a mail says. */
export interface MailText {
  subject: string
  text: string
}

/** What every mail about an account knows. */
export interface MailFacts {
  siteName: string
  /** Whom it goes to; empty where there is no account yet. */
  name: string
  /** Where the site is: `https://matinee.example`. */
  origin: string
}

type Facts<T = object> = MailFacts & T

/** The mails about accounts, each by what it is for. */
export interface AccountMails {
  /** To an address that somebody wants an account for. */
  signUp(facts: Facts<{ link: string }>): MailText
  /** In place of it, to one that has an account. */
  signUpAgain(facts: Facts<{ link: string }>): MailText
  /** To whoever has forgotten their password. */
  reset(facts: Facts<{ link: string }>): MailText
  passwordChanged(facts: MailFacts): MailText
  /** To a new address, which has to be confirmed. */
  emailChange(facts: Facts<{ link: string }>): MailText
  /** To the old address, once it is not used any more. */
  emailChanged(facts: Facts<{ email: string }>): MailText
  /** When a second factor, a passkey or another way in was added or taken away. */
  waysInChanged(facts: Facts<{ change: string }>): MailText
}

/** Hotclub's own words. */
export const accountMails: AccountMails = {
  signUp: ({ siteName, link }) =>
    mail(
      `Your account at ${siteName}`,
      `Somebody, probably you, wants an account at ${siteName} with this address. Open this link to make it:`,
      link,
      'It works for a day. If it was not you, leave it: without the link there is no account.',
    ),
  signUpAgain: ({ siteName, link, name }) =>
    mail(
      `You have an account at ${siteName}`,
      `${greeting(name)}somebody, probably you, wants an account at ${siteName} with this address, and it has one. Sign in here:`,
      link,
      'If you have forgotten your password, the page has a link for that. If it was not you, there is nothing to do.',
    ),
  reset: ({ siteName, link, name }) =>
    mail(
      `A new password for ${siteName}`,
      `${greeting(name)}open this link to choose a new password for ${siteName}:`,
      link,
      'It works for an hour, and once. If you have not asked for it, leave it: your password stays as it is.',
    ),
  passwordChanged: ({ siteName, name, origin }) =>
    mail(
      `Your password for ${siteName} has changed`,
      `${greeting(name)}the password of your account at ${siteName} has just changed, and other browsers have been signed out.`,
      'If it was not you, choose another one at once:',
      `${origin}/password`,
    ),
  emailChange: ({ siteName, link, name }) =>
    mail(
      `Your new address at ${siteName}`,
      `${greeting(name)}open this link to use this address for your account at ${siteName}:`,
      link,
      'It works for a day. If you have not asked for it, leave it.',
    ),
  emailChanged: ({ siteName, email, name }) =>
    mail(
      `Your address at ${siteName} has changed`,
      `${greeting(name)}your account at ${siteName} now has the address ${email}, and this one is not used for it any more.`,
      'If it was not you, write to us at once.',
    ),
  waysInChanged: ({ siteName, change, name, origin }) =>
    mail(
      `A change to how you sign in at ${siteName}`,
      `${greeting(name)}${change}`,
      'If it was not you, change your password and look at your account:',
      `${origin}/account`,
    ),
}

function greeting(name: string): string {
  return name === '' ? 'Hello, ' : `Hello ${name}, `
}

function mail(subject: string, ...paragraphs: string[]): MailText {
  return { subject, text: `${paragraphs.join('\n\n')}\n` }
}
