/**
 * What `db.as(user)` adds to a query: the same query on the plain client, with the conditions of the rules written out by hand, beside it.
 * One process, interleaved; making the client for the user is part of what is measured, asking the rules only where
 * it says so. Needs `bench/prepare.ts` to have run.
 */
import { fileURLToPath } from 'node:url'
import type { User } from '../framework/src/lib/core/user.ts'
import { definePolicy, type Policy } from '../framework/src/lib/auth/policies/policy.ts'
import { withPolicies } from '../framework/src/lib/auth/policies/with-policies.ts'
import { createDb } from '../framework/src/lib/db/client.ts'
import { PrismaClient } from './app/prisma/generated/client/client.ts'
import { metadata } from './app/prisma/generated/metadata.ts'

const COUNT = 100
const ROUNDS = 100

const root = fileURLToPath(new URL('./app', import.meta.url))
const open = (policies: Policy[]) =>
  withPolicies(createDb('file:./prisma/bench.db', PrismaClient, { root, schema: metadata }), policies, metadata)
const user = { id: 1, isActive: true, isSuperuser: false, can: () => false } as unknown as User

const films = definePolicy('film', { read: ({ user }) => ({ OR: [{ year: { gt: 1950 } }, { directorId: Number(user?.id) }] }) })
const everyDirector = definePolicy('director', { read: true })
const someDirectors = definePolicy('director', { read: { id: { gt: 0 } } })
const open1 = open([films, everyDirector])
const open2 = open([films, someDirectors])
const rule = { OR: [{ year: { gt: 1950 } }, { directorId: 1 }] }
const directorIds = [3, 4, 5, 6, 7]

interface Pair {
  plain(): Promise<unknown>
  restricted(): Promise<unknown>
}

const pairs: Record<string, Pair> = {
  findUnique: {
    plain: () => open1.film.findUnique({ where: { id: 7, ...rule } }),
    restricted: () => open1.as(user).film.findUnique({ where: { id: 7 } }),
  },
  'findMany with where and order': {
    plain: () => open1.film.findMany({ where: { rating: { gt: 2 }, ...rule }, orderBy: { id: 'desc' }, take: 20 }),
    restricted: () => open1.as(user).film.findMany({ where: { rating: { gt: 2 } }, orderBy: { id: 'desc' }, take: 20 }),
  },
  'the same, the first of a request': {
    plain: () => open1.film.findMany({ where: { rating: { gt: 2 }, ...rule }, orderBy: { id: 'desc' }, take: 20 }),
    restricted: () => open1.as({ ...user }).film.findMany({ where: { rating: { gt: 2 } }, orderBy: { id: 'desc' }, take: 20 }),
  },
  'findMany with where, many included': {
    plain: () =>
      open2.director.findMany({
        where: { id: { in: directorIds, gt: 0 } },
        include: { films: { where: { rating: { gt: 2 }, ...rule } } },
      }),
    restricted: () =>
      open2.as(user).director.findMany({ where: { id: { in: directorIds } }, include: { films: { where: { rating: { gt: 2 } } } } }),
  },
  'findMany with where, one included, all visible': {
    plain: () => open1.film.findMany({ where: { rating: { gt: 2 }, ...rule }, take: 20, include: { director: true } }),
    restricted: () => open1.as(user).film.findMany({ where: { rating: { gt: 2 } }, take: 20, include: { director: true } }),
  },
  'findMany with where, one included, some hidden': {
    plain: () => open2.film.findMany({ where: { rating: { gt: 2 }, ...rule }, take: 20, include: { director: true } }),
    restricted: () => open2.as(user).film.findMany({ where: { rating: { gt: 2 } }, take: 20, include: { director: true } }),
  },
}

/** CPU of this process alone: what else the machine does shows less than in time that passed. */
async function microseconds(run: () => Promise<unknown>): Promise<number> {
  const start = process.cpuUsage()
  for (let count = 0; count < COUNT; count++) await run()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / COUNT
}

console.log(`Microseconds of CPU a query, best of ${ROUNDS} interleaved rounds of ${COUNT}: plain client, db.as(user), difference`)
for (const [name, { plain, restricted }] of Object.entries(pairs)) {
  const best = { plain: Infinity, restricted: Infinity }
  for (let round = 0; round < ROUNDS; round++) {
    best.plain = Math.min(best.plain, await microseconds(plain))
    best.restricted = Math.min(best.restricted, await microseconds(restricted))
  }
  const figures = [best.plain, best.restricted, best.restricted - best.plain].map((figure) => figure.toFixed(1).padStart(8)).join('')
  console.log(`  ${name.padEnd(48)}${figures}`)
}
await Promise.all([open1.$disconnect(), open2.$disconnect()])
