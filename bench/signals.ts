/**
 * What our client adds to Prisma's: the same calls on the one and on the other, in one process, interleaved. Every write is undone by the
 * next. Needs `bench/prepare.ts` to have run.
 */
import { fileURLToPath } from 'node:url'
import { observeChanges } from '../framework/src/lib/db/changes.ts'
import { createDb } from '../framework/src/lib/db/client.ts'
import { setReceivers } from '../framework/src/lib/db/client/receivers.ts'
import { scopeOf } from '../framework/src/lib/db/client/scope.ts'
import { PrismaClient } from './app/prisma/generated/client/client.ts'
import { metadata } from './app/prisma/generated/metadata.ts'

const COUNT = 100
const ROUNDS = 100

const root = fileURLToPath(new URL('./app', import.meta.url))
const open = () => createDb('file:./prisma/bench.db', PrismaClient, { root, schema: metadata })
const [db, listened, received] = [open(), open(), open()]
/** Prisma's client below ours: the same connection, so that nothing else differs. */
const prismaOf = (client: object) => scopeOf(client).prisma as unknown as PrismaClient
observeChanges(listened, () => {})
const told = { subject: 'film', event: 'updated', onError: 'stop', name: 'bench', receive: () => {} } as const
setReceivers(received, [{ ...told, when: 'committed' }])

let rating = 0
const read = (client: PrismaClient) => client.film.findUnique({ where: { id: 7 } })
const write = (client: PrismaClient) => client.film.update({ where: { id: 7 }, data: { rating: rating++ % 2 } })
const create = (client: PrismaClient) => client.director.create({ data: { name: 'Nobody' } })
const pairs: Record<string, [plain: () => Promise<unknown>, ours: () => Promise<unknown>]> = {
  'a read': [() => read(prismaOf(db)), () => read(db)],
  'a write that nobody hears of': [() => write(prismaOf(db)), () => write(db)],
  'a write of which a listener is told': [() => write(prismaOf(listened)), () => write(listened)],
  'one to a model without receivers': [() => create(prismaOf(received)), () => create(received)],
  'one of which a receiver is told': [() => write(prismaOf(received)), () => write(received)],
}

/** CPU of this process alone: what else the machine does shows less than in time that passed. */
async function microseconds(run: () => Promise<unknown>): Promise<number> {
  const start = process.cpuUsage()
  for (let count = 0; count < COUNT; count++) await run()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / COUNT
}

// What runs first would pay for what the others share.
for (const [plain, ours] of Object.values(pairs))
  for (let round = 0; round < 10; round++) await microseconds(round % 2 === 0 ? plain : ours)

console.log(`Microseconds of CPU a call, best of ${ROUNDS} interleaved rounds of ${COUNT}: Prisma's client, ours, difference`)
for (const [name, [plain, ours]] of Object.entries(pairs)) {
  const best = { plain: Infinity, ours: Infinity }
  for (let round = 0; round < ROUNDS; round++) {
    best.plain = Math.min(best.plain, await microseconds(plain))
    best.ours = Math.min(best.ours, await microseconds(ours))
  }
  const figures = [best.plain, best.ours, best.ours - best.plain].map((figure) => figure.toFixed(1).padStart(8)).join('')
  console.log(`  ${name.padEnd(40)}${figures}`)
}
await db.director.deleteMany({ where: { name: 'Nobody' } })
await Promise.all([db, listened, received].map((client) => client.$disconnect()))
