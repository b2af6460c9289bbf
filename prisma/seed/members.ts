/** Who may moderate, and, where it is safe, members to try the site with. */
import { hashPassword } from 'hotclub/auth'
import type { PrismaClient } from '../generated/client/client.ts'
import { type DemoMember, demoMembers, demoPassword } from './demo-members.ts'

/** The group that publishes reviews, and may change and delete them. */
const moderators = { name: 'Moderators', permissions: ['review.moderate', 'review.change', 'review.delete'] }

/** Makes the group, without members; one that is there is left as somebody made it. */
export async function seedModerators(db: PrismaClient): Promise<void> {
  const connectOrCreate = moderators.permissions.map((name) => ({ where: { name }, create: { name, label: name } }))
  await db.group.upsert({
    where: { name: moderators.name },
    create: { name: moderators.name, permissions: { connectOrCreate } },
    update: {},
  })
}

/**
 * Whether there may be members whose password stands in the README: never in production, unless somebody says so, as the browser tests do.
 */
export function wantsDemoMembers(env: NodeJS.ProcessEnv): boolean {
  return env['NODE_ENV'] !== 'production' || env['SEED_DEMO_MEMBERS'] === '1'
}

/** Adds the demo members that are missing, each with all that is theirs. Whoever is there stays as they are. @returns How many were added */
export async function seedDemoMembers(db: PrismaClient): Promise<number> {
  const known = await db.user.findMany({ where: { email: { in: demoMembers.map(({ email }) => email) } }, select: { email: true } })
  const missing = demoMembers.filter(({ email }) => !known.some((user) => user.email === email))
  for (const member of missing) await addMember(db, member)
  return missing.length
}

async function addMember(db: PrismaClient, { email, name, isModerator, reviews, lists }: DemoMember): Promise<void> {
  await db.user.create({
    data: {
      email,
      name,
      password: await hashPassword(demoPassword),
      emailVerifiedAt: new Date(),
      ...(isModerator && { groups: { connect: { name: moderators.name } } }),
      reviews: {
        create: reviews.map(({ film, on, ...review }) => ({
          ...review,
          isDemo: true,
          createdAt: new Date(on),
          movie: { connect: { slug: film } },
        })),
      },
      lists: {
        create: lists.map(({ films, ...list }) => ({
          ...list,
          items: {
            create: films.map(([slug, note], index) => ({ place: index + 1, note: note ?? null, movie: { connect: { slug } } })),
          },
        })),
      },
    },
  })
}
