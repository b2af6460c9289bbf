/** Says what a call of Prisma has changed, from what it was asked to do and what it answered, without a query. */
import type { ModelMetadata } from '../../schema/types.ts'
import { parseData, type Data } from '../call/data.ts'
import { parseFilter } from '../call/filter.ts'
import { findField, type Names } from '../call/names.ts'
import { isPlain, listOf } from '../call/values.ts'
import type { Change, Image } from '../changes.ts'
import type { WriteName } from '../client/model-delegate.ts'
import { Reach } from './reach.ts'
import { plainValues, valuesIn } from './known-values.ts'

/** What a write that is about to be made will change. */
export interface Written {
  /** What it may change. */
  readonly reach: readonly Pick<Change, 'model' | 'kind'>[]
  /** Takes the answer, `undefined` where there is none and nobody knows what was done, and says what has changed: all of it, maybe more. */
  readonly changes: (result: unknown) => readonly Change[]
}

/** Reads a write. */
export function readWrite(names: Names, model: ModelMetadata, operation: WriteName, args: unknown): Written {
  try {
    const reach = new Reach(names)
    const changes = read(names, reach, model, operation, isPlain(args) ? args : {})
    return { reach: [...kindsOf(operation).map((kind) => ({ model, kind })), ...reach.changes], changes }
  } catch {
    // Prisma says itself what is wrong with it. Should it know more than this reader does, it may have written anything.
    const anything = Object.values(names.schema.models).map((any): Change => ({ model: any, kind: 'update' }))
    return { reach: anything, changes: () => anything }
  }
}

function kindsOf(operation: WriteName): Change['kind'][] {
  if (operation === 'upsert') return ['create', 'update']
  return [operation.startsWith('create') ? 'create' : operation.startsWith('update') ? 'update' : 'delete']
}

type Answer = (result: unknown) => readonly Change[]

function read(names: Names, reach: Reach, model: ModelMetadata, operation: WriteName, args: Record<string, unknown>): Answer {
  const where = valuesIn(names, parseFilter(names, model, args.where))
  const data = (name: string): readonly Data[] => listOf(args[name] ?? []).map((one) => parseData(names, model, one))
  // Whether the answer has rows, or only their number.
  const hasRows = !operation.endsWith('Many')
  const changes = (kind: Change['kind'], result: unknown, images: (row?: Image) => readonly Image[]): readonly Change[] => {
    const rows =
      result === undefined
        ? []
        : hasRows
          ? listOf(result)
              .filter(isPlain)
              .flatMap((row) => images(columnsIn(model, row)))
          : images()
    // An image of which nothing is known says as little as none.
    const isKnown = result !== undefined && rows.every((image) => Object.keys(image).length > 0)
    return [{ model, kind, rows: isKnown ? rows : undefined }, ...reach.changes]
  }
  const created = (all: readonly Data[]): Answer => {
    for (const one of all) reach.create(model, one)
    const given = all.map(({ columns }) => plainValues(columns))
    return (result) => changes('create', result, (row) => (row ? [given.length === 1 ? { ...given[0], ...row } : row] : given))
  }
  const updated = ([one]: readonly Data[]): Answer => {
    if (one) reach.update(model, one)
    const images = one && imagesOf(model, one, where)
    return (result) => changes('update', result, images ?? (() => []))
  }
  switch (operation) {
    case 'create':
    case 'createMany':
    case 'createManyAndReturn':
      return created(data('data'))
    case 'update':
    case 'updateMany':
    case 'updateManyAndReturn':
      return updated(data('data'))
    case 'upsert': {
      // Which of the two it was, the answer does not say.
      const both = [created(data('create')), updated(data('update'))]
      return (result) => both.flatMap((answer) => answer(result))
    }
    case 'delete':
    case 'deleteMany':
      reach.delete(model)
      return (result) => changes('delete', result, (row = {}) => [{ ...where, ...row }])
  }
}

/** The images of a row before and after a change, from where it was found, what was written and what came back. */
function imagesOf(model: ModelMetadata, { columns, writes }: Data, where: Image): (row?: Image) => readonly Image[] {
  const written = new Set([
    ...Object.keys(columns),
    ...writes.flatMap(({ field }) => field.relation.fields),
    ...model.fields.flatMap((field) => ('isUpdatedAt' in field && field.isUpdatedAt ? field.name : [])),
  ])
  const unwritten = (image: Image): Image => Object.fromEntries(Object.entries(image).filter(([name]) => !written.has(name)))
  return (row = {}) => [
    { ...unwritten(row), ...where },
    { ...unwritten(where), ...plainValues(columns), ...row },
  ]
}

function columnsIn(model: ModelMetadata, row: Image): Image {
  return Object.fromEntries(Object.entries(row).filter(([name]) => (findField(model, name)?.kind ?? 'relation') !== 'relation'))
}
