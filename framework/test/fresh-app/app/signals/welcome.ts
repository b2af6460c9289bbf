import { on } from 'hotclub/signals'

export const welcome = on('account', 'signedUp', ({ user }) => console.log(`Welcome, ${user.name}.`))
