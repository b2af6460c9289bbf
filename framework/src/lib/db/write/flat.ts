/** Writes to the rows of one model, where a receiver is told of them: what happens to each row is found out on the way. */
import type { ModelMetadata } from '../../schema/types.ts'
import { parseData, type RelationWrite } from '../call/data.ts'
import { targetOf } from '../call/names.ts'
import { printFilter, printOneRow } from '../call/print-filter.ts'
import { isPlain, listOf } from '../call/values.ts'
import { delegateOf, type Delegate, type Row } from '../client/delegates.ts'
import type { WriteName } from '../client/model-delegate.ts'
import type { Scope } from '../client/scope.ts'
import { answerTo } from './answer.ts'
import { Cascade, inChunks, linkEvents } from './cascade.ts'
import { createRows } from './create-rows.ts'
import { tellAfter, tellBefore, updated, type RowEvent } from './events.ts'
import { plainValues } from './known-values.ts'
import { Reach } from './reach.ts'
import { identityColumns, keyOfRow, rowText, sameRows } from './row-key.ts'

type Args = Readonly<Record<string, unknown>>

/** One call, in a transaction that ends with it or leaves nothing of it. */
export class FlatWrite {
  readonly #scope: Scope
  readonly #model: ModelMetadata
  readonly #delegate: Delegate

  constructor(scope: Scope, model: ModelMetadata) {
    this.#scope = scope
    this.#model = model
    this.#delegate = delegateOf(scope.prisma, model)
  }

  /** @param args Without writes to related rows */
  async run(operation: WriteName, args: Args): Promise<unknown> {
    switch (operation) {
      case 'create':
        return (await this.#create([args.data], args, true))[0]
      case 'createMany':
        return { count: (await this.#create(listOf(args.data), args)).length }
      case 'createManyAndReturn':
        return await this.#create(listOf(args.data), args)
      case 'update':
        return await this.#updateOne(args, await this.#delegate.findUnique({ where: args.where as object }))
      case 'updateMany':
        return { count: (await this.#updateMany(args)).length }
      case 'updateManyAndReturn':
        return await this.#read(await this.#updateMany(args), args)
      case 'upsert': {
        const { where, create, update, ...rest } = args
        const row = await this.#delegate.findUnique({ where: where as object })
        return row ? await this.#updateOne({ where, data: update, ...rest }, row) : (await this.#create([create], rest, true))[0]
      }
      case 'delete': {
        const { where, ...rest } = args
        const row = await this.#delegate.findUnique({ where: where as object })
        // Prisma says that there is none.
        if (!row) return await this.#delegate.delete(args)
        return await this.#delete([row], async () => {
          const { selection, answerOf } = this.#answer(rest)
          return answerOf(await this.#delegate.delete({ where, ...selection }))
        })
      }
      case 'deleteMany': {
        const count = await this.#delete(await this.#find(args), async (rows) => {
          for (const some of inChunks(rows)) await this.#delegate.deleteMany({ where: printFilter(sameRows(this.#model, some)) })
          return rows.length
        })
        return { count }
      }
    }
  }

  /** Links two rows, or ends that. @param args Of an update that does nothing else */
  async link({ field, kind, ...write }: RelationWrite & { kind: 'connect' | 'disconnect' }, args: Args): Promise<unknown> {
    const { names } = this.#scope.watchers
    const target = targetOf(names, field)
    const row = await this.#delegate.findUnique({ where: args.where as object })
    const other = await delegateOf(this.#scope.prisma, target).findUnique({ where: printOneRow(write.row) })
    const isLinked =
      row !== null &&
      other !== null &&
      (await this.#delegate.count({
        where: { AND: [printFilter(sameRows(this.#model, [row])), { [field.name]: { some: printFilter(sameRows(target, [other])) } }] },
      })) === 1
    const isChange = row !== null && other !== null && isLinked === (kind === 'disconnect')
    const events = isChange ? linkEvents(isLinked ? 'unlinked' : 'linked', this.#model, field, row, target, other) : []
    await tellBefore(this.#scope, events)
    const answer = await this.#delegate.update(args)
    await tellAfter(this.#scope, events)
    return answer
  }

  async #create(all: readonly unknown[], args: Args, isOne: boolean = false): Promise<Row[]> {
    const rows = all.map((data) => (isPlain(data) ? data : {}))
    const { schema } = this.#scope.watchers.names
    const options = args.skipDuplicates === undefined ? {} : { skipDuplicates: args.skipDuplicates }
    const { selection, columnsOf, answerOf } = this.#answer(args)
    await tellBefore(
      this.#scope,
      rows.map((data) => ({ model: this.#model, event: 'created', data })),
    )
    const created = isOne
      ? [await this.#delegate.create({ data: rows[0], ...selection })]
      : await createRows(schema, this.#delegate, rows, options, selection)
    await tellAfter(
      this.#scope,
      created.map((row) => ({ model: this.#model, event: 'created', row: columnsOf(row) })),
    )
    return created.map(answerOf)
  }

  async #updateOne(args: Args, before: Row | null): Promise<unknown> {
    // Prisma says that there is none.
    if (!before) return await this.#delegate.update(args)
    const { where, data, ...rest } = args
    const { selection, columnsOf, answerOf } = this.#answer(rest)
    return await this.#update([before], data, async () => {
      const result = await this.#delegate.update({ where, data, ...selection })
      return [answerOf(result), [columnsOf(result)]]
    })
  }

  /** @returns The rows as they are now */
  async #updateMany(args: Args): Promise<Row[]> {
    const data = Object.fromEntries(Object.entries(isPlain(args.data) ? args.data : {}).filter(([, value]) => value !== undefined))
    // To Prisma, which has nothing to write, no row is one that it has written.
    if (Object.keys(data).length === 0) return []
    const isRekeyed = identityColumns(this.#model).some((name) => name in data)
    return await this.#update(await this.#find(args), data, async (before) => {
      const after: Row[] = []
      if (isRekeyed)
        for (const row of before) after.push(await this.#delegate.update({ where: printFilter(keyOfRow(this.#model, row)), data }))
      else
        for (const some of inChunks(before)) {
          await this.#delegate.updateMany({ where: printFilter(sameRows(this.#model, some)), data })
          after.push(...(await this.#again(some)))
        }
      return [after, after]
    })
  }

  /** Rows as they are now. */
  async #again(rows: readonly Row[]): Promise<Row[]> {
    const found = new Map((await this.#read(rows, {})).map((row) => [rowText(this.#model, row), row]))
    return rows.map((row) => found.get(rowText(this.#model, row)) ?? row)
  }

  async #update<T>(rows: readonly Row[], data: unknown, write: (before: readonly Row[]) => Promise<[T, readonly Row[]]>): Promise<T> {
    const given: Args = isPlain(data) ? data : {}
    const model = this.#model
    const isFollowed = this.#isFollowed((reach) => reach.update(model, parseData(this.#scope.watchers.names, model, given)))
    const follow = async (before: readonly Row[]): Promise<Cascade | undefined> =>
      isFollowed ? await Cascade.ofUpdate(this.#scope, model, before, Object.keys(given)) : undefined
    let before = rows
    let cascade = await follow(before)
    cascade?.written(before.map((row) => ({ ...row, ...plainValues(given) })))
    const expected = before.map((row): RowEvent => ({ model, event: 'updated', row, data: given }))
    if (await tellBefore(this.#scope, [...expected, ...intended(cascade)])) {
      before = await this.#read(rows, {})
      cascade = await follow(before)
    }
    const [answer, written] = await write(before)
    // Where a row leads to another of its model, or itself, its own key follows as well, after Prisma has given it back.
    const after = cascade ? await this.#again(written) : written
    cascade?.written(after)
    const changes = after.flatMap((row, index) => updated(model, before[index]!, row) ?? [])
    await tellAfter(this.#scope, [...changes, ...(cascade?.events() ?? [])])
    return answer
  }

  async #delete<T>(rows: readonly Row[], write: (rows: readonly Row[]) => Promise<T>): Promise<T> {
    const model = this.#model
    const isFollowed = this.#isFollowed((reach) => reach.delete(model))
    const find = async (some: readonly Row[]): Promise<readonly RowEvent[]> => {
      const cascade = isFollowed ? await Cascade.ofDelete(this.#scope, model, some) : undefined
      return [...(cascade?.events() ?? []), ...some.map((row): RowEvent => ({ model, event: 'deleted', row }))]
    }
    let present = rows
    let events = await find(present)
    if (await tellBefore(this.#scope, events.map(asIntended))) {
      present = await this.#read(rows, {})
      events = await find(present)
    }
    const answer = await write(present)
    await tellAfter(this.#scope, events)
    return answer
  }

  /** Whether a receiver is told of what a write brings about; if not, which rows that is need not be known. */
  #isFollowed(follow: (reach: Reach) => void): boolean {
    const reach = new Reach(this.#scope.watchers.names)
    follow(reach)
    const isHeard = this.#scope.watchers.hear(reach.changes)
    if (!isHeard) this.#scope.changed(reach.changes)
    return isHeard
  }

  #answer(args: Args): ReturnType<typeof answerTo> {
    return answerTo(this.#scope.watchers.names, this.#model, args)
  }

  /** The rows that a call for many is about. */
  async #find({ where, limit }: Args): Promise<Row[]> {
    return await this.#delegate.findMany({ ...(isPlain(where) ? { where } : {}), ...(limit === undefined ? {} : { take: limit }) })
  }

  async #read(rows: readonly Row[], { select, include, omit }: Args): Promise<Row[]> {
    const read: Row[] = []
    for (const some of inChunks(rows))
      read.push(...(await this.#delegate.findMany({ where: printFilter(sameRows(this.#model, some)), select, include, omit })))
    return read
  }
}

/** What is about to happen beside what the call says itself. */
function intended(cascade: Cascade | undefined): readonly RowEvent[] {
  return (cascade?.events() ?? []).map(asIntended)
}

function asIntended(event: RowEvent): RowEvent {
  if (event.event !== 'updated') return event
  const { model, before, row, changed } = event
  return { model, event: 'updated', row: before!, data: Object.fromEntries(changed!.map((name) => [name, row![name]])) }
}
