import { defineSettings } from 'hotclub'
import { fileMail } from 'hotclub/mail'
import { z } from 'zod'

/** Every runtime setting of Matinée. What is not named here keeps the framework's default. */
export default defineSettings(
  {
    /** Where the public finds the site, for canonical links, the sitemap and the hosts it answers to: `https://matinee.example`. */
    SITE_URL: z.url({ protocol: /^https?$/ }).optional(),
    /** Somebody else whose accounts sign in here, by OpenID Connect: all three, or none. */
    OIDC_ISSUER: z.url().optional(),
    OIDC_CLIENT_ID: z.string().optional(),
    OIDC_CLIENT_SECRET: z.string().optional(),
    /** A folder that takes mails as files, in place of sending them: to try the site out. */
    MAIL_FOLDER: z.string().optional(),
  },
  ({ SITE_URL, MAIL_FOLDER }) => ({
    trailingSlash: 'never',
    hosts: SITE_URL === undefined ? [] : [new URL(SITE_URL).hostname],
    security: { https: SITE_URL?.startsWith('https:') ?? false },
    ...(MAIL_FOLDER === undefined ? {} : { mail: { transport: fileMail(MAIL_FOLDER) } }),
  }),
)
