/** A write of which a receiver is told. */
import type { ModelMetadata } from '../../schema/types.ts'
import { parseData, type Data, type RelationWrite } from '../call/data.ts'
import { parseSelection } from '../call/read.ts'
import { isPlain, listOf } from '../call/values.ts'
import type { Client } from '../client/delegates.ts'
import type { WriteName } from '../client/model-delegate.ts'
import type { Scope } from '../client/scope.ts'
import { asOneWrite } from '../client/transaction.ts'
import { checkDepth } from './events.ts'
import { FlatWrite } from './flat.ts'
import { oneRowWrites, type OneRowName } from './one-row.ts'
import { Writer } from './writer.ts'

/**
 * Makes a write in a transaction, and tells receivers what happens to each row. One that writes to related rows as well is taken apart into such that do not.
 *
 * @throws {HotclubError} `HC_SIGNAL` when a receiver stops it, or when receivers call each other without end
 */
export async function watchedWrite(scope: Scope, model: ModelMetadata, operation: WriteName, args: unknown): Promise<unknown> {
  checkDepth()
  const given = isPlain(args) ? args : {}
  const { names } = scope.watchers
  const all = ['data', 'create', 'update'].flatMap((name) => listOf(given[name] ?? []).map((data) => parseData(names, model, data)))
  return await asOneWrite(scope, async (inner) => {
    const link = operation === 'update' ? linkIn(all[0]) : undefined
    if (link) return await new FlatWrite(inner, model).link(link, given)
    if (!isOneRow(operation) || all.every(({ writes }) => writes.length === 0))
      return await new FlatWrite(inner, model).run(operation, given)
    // The parts come back here by themselves.
    const writer = new Writer(names, inner.client as Client)
    return await oneRowWrites[operation](writer, model, given, parseSelection(names, model, given))
  })
}

function isOneRow(operation: WriteName): operation is OneRowName {
  return operation in oneRowWrites
}

/** The one link that data makes or ends, where it does nothing else. */
function linkIn(data: Data | undefined): (RelationWrite & { kind: 'connect' | 'disconnect' }) | undefined {
  const [write, ...others] = data?.writes ?? []
  if (!data || !write || others.length > 0 || Object.keys(data.columns).length > 0) return undefined
  const isLink = write.field.relation.cardinality === 'many-to-many' && (write.kind === 'connect' || write.kind === 'disconnect')
  return isLink ? (write as RelationWrite & { kind: 'connect' | 'disconnect' }) : undefined
}
