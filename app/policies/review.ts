import { definePolicy, type PolicyContext } from 'hotclub/auth'

const moderates = ({ user }: PolicyContext) => user?.can('review.moderate')

/** A member's own; every one for a moderator. */
const own = ({ user }: PolicyContext) => moderates({ user }) || (user && { userId: user.id })

/** Everybody reads what is published; what waits or was rejected is between its author and the moderators, who alone decide about it. */
export default definePolicy('review', {
  read: ({ user }) => moderates({ user }) || { OR: [{ status: 'PUBLISHED' }, ...(user ? [{ userId: user.id }] : [])] },
  create: ({ user }) => user && { userId: user.id },
  update: own,
  delete: own,
  fields: {
    status: { create: moderates, update: moderates },
    author: { create: moderates, update: moderates },
    isDemo: { create: false, update: false },
    movieId: { update: false },
    userId: { update: false },
  },
})
