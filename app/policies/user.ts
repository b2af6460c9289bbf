import { definePolicy } from 'hotclub/auth'

const hidden = { read: false } as const

/** Of one another, members know the name. What is one's own stands on the pages of the account. */
export default definePolicy('user', {
  read: true,
  fields: {
    email: hidden,
    isActive: hidden,
    isStaff: hidden,
    isSuperuser: hidden,
    password: hidden,
    epoch: hidden,
    totpSecret: hidden,
    totpStep: hidden,
    emailVerifiedAt: hidden,
    lastLoginAt: hidden,
    updatedAt: hidden,
    groups: hidden,
    permissions: hidden,
    sessions: hidden,
    recoveryCodes: hidden,
    passkeys: hidden,
    identities: hidden,
  },
})
