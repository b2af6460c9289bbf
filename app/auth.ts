import { defineAuth } from 'hotclub/auth'

/** Members: who reviews films and makes lists. */
export default defineAuth({ siteName: 'Matinée', secondFactor: true, passkeys: true })
