import { defineAuth, oidcProvider } from 'hotclub/auth'
import settings from './settings.ts'

const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = settings.env

/** Members: who reviews films and makes lists. */
export default defineAuth({
  siteName: 'Matinée',
  secondFactor: true,
  passkeys: true,
  providers:
    issuer && clientId && clientSecret
      ? [oidcProvider({ name: 'oidc', label: new URL(issuer).hostname, issuer, clientId, clientSecret, trustEmail: true })]
      : [],
})
