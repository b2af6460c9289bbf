import { definePolicy, type PolicyContext } from 'hotclub/auth'

const own = ({ user }: PolicyContext) => user && { list: { ownerId: user.id } }

/** What is on a list goes with the list. */
export default definePolicy('watchListItem', {
  read: ({ user }) => ({ list: { OR: [{ isPublic: true }, ...(user ? [{ ownerId: user.id }] : [])] } }),
  create: own,
  update: own,
  delete: own,
})
