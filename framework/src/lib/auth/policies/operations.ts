import { parseAggregate } from '../../db/call/aggregate.ts'
import { parseRead, parseReadOne } from '../../db/call/read.ts'
import type { ModelMetadata } from '../../schema/types.ts'
import type { Client } from '../../db/client/delegates.ts'
import type { Guard } from './guard.ts'
import { readFigures, readRows, type AggregateOperation, type ReadOperation } from './reads.ts'
import { writes } from './writes.ts'

/** One operation of a model, for one user. */
export type Operation = (guard: Guard, model: ModelMetadata, client: Client, args: unknown) => Promise<unknown>

// `async`, so that what cannot be read rejects the promise, as with Prisma.
const read =
  (operation: ReadOperation): Operation =>
  async (guard, model, client, args) =>
    await readRows(
      guard,
      client,
      operation,
      operation.startsWith('findUnique') ? parseReadOne(guard, model, args) : parseRead(guard, model, args),
    )

const figures =
  (operation: AggregateOperation): Operation =>
  async (guard, model, client, args) =>
    await readFigures(guard, client, operation, parseAggregate(guard, model, operation, args))

/** Every operation that the client has for a model. */
export const operations: Readonly<Record<string, Operation>> = {
  findUnique: read('findUnique'),
  findUniqueOrThrow: read('findUniqueOrThrow'),
  findFirst: read('findFirst'),
  findFirstOrThrow: read('findFirstOrThrow'),
  findMany: read('findMany'),
  count: figures('count'),
  aggregate: figures('aggregate'),
  groupBy: figures('groupBy'),
  ...writes,
}

/** Operations whose answer is one row, from which its relations can be followed. */
export const rowOperations: ReadonlySet<string> = new Set([
  'findUnique',
  'findUniqueOrThrow',
  'findFirst',
  'findFirstOrThrow',
  'create',
  'update',
  'upsert',
  'delete',
])
