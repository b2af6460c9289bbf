import { definePolicy, type PolicyContext } from 'hotclub/auth'

const own = ({ user }: PolicyContext) => user && { ownerId: user.id }

/** Everybody reads a public list; a private one is there for its owner alone, moderators included. */
export default definePolicy('watchList', {
  read: ({ user }) => ({ OR: [{ isPublic: true }, ...(user ? [{ ownerId: user.id }] : [])] }),
  create: own,
  update: own,
  delete: own,
})
