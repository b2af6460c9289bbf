import { everything, nothing, type Filter } from '../../db/call/filter.ts'
import { printOneRow } from '../../db/call/print-filter.ts'
import type { Selection } from '../../db/call/read.ts'
import type { ModelMetadata } from '../../schema/types.ts'
import { delegateOf, type Client } from '../../db/client/delegates.ts'
import type { Guard } from './guard.ts'

/** A query that may start from a row, and may read others that do. */
interface Started {
  readonly model: ModelMetadata
  readonly filter: Filter
  readonly cursor?: Filter
  readonly selection?: Selection
}

/** Makes a query start nowhere where it would start from a hidden row: as with one that does not exist, nothing follows. */
export async function withVisibleCursors<Q extends Started>(guard: Guard, client: Client, query: Q): Promise<Q> {
  const { cursor, ...rest } = query
  const started = cursor && !(await isVisible(guard, client, query.model, cursor)) ? { ...rest, filter: nothing } : query
  if (!query.selection) return started as Q
  const relations: Selection['relations'][number][] = []
  for (const { field, read } of query.selection.relations)
    relations.push({ field, read: hasCursor(read) ? await withVisibleCursors(guard, client, read) : read })
  return { ...started, selection: { ...query.selection, relations } } as Q
}

/** Whether a query starts from a row, or reads others that do. */
export function hasCursor({ cursor, selection }: Started): boolean {
  return cursor !== undefined || (selection?.relations.some(({ read }) => hasCursor(read)) ?? false)
}

async function isVisible(guard: Guard, client: Client, model: ModelMetadata, key: Filter): Promise<boolean> {
  const filter = guard.rows(model, 'read')
  return filter === everything || (await delegateOf(client, model).findUnique({ where: printOneRow({ key, filter }) })) !== null
}
