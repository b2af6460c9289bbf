import type { AuthBackend } from './backend.ts'
import { dbOf } from './events.ts'
import { hashPassword, verifyPassword } from './passwords/passwords.ts'

/** Knows users by the passwords of the model `User`. A hash that is out of date is replaced when its owner signs in. */
export const passwordBackend: AuthBackend = {
  name: 'password',
  async authenticate({ email, password }, context) {
    const db = dbOf(context)
    const user = await db.user.findUnique({ where: { email } })
    // Asked for nobody too, so that it takes the same time.
    const { isCorrect, isOutdated } = await verifyPassword(password, user?.isActive ? user.password : undefined)
    if (!user || !isCorrect) return null
    if (!isOutdated) return user
    const change = { password: await hashPassword(password) }
    // Not where somebody has changed it in the meantime.
    const { count } = await db.user.updateMany({ where: { id: user.id, password: user.password }, data: change })
    return count > 0 ? { ...user, ...change } : user
  },
}
