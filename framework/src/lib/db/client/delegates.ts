import type { ModelMetadata } from '../../schema/types.ts'

/** A row, as the client gives it. */
export type Row = Record<string, unknown>

/** The operations of one model, as far as they are used here; the arguments are made by `db/call`. */
export interface Delegate {
  findUnique(args: object): Promise<Row | null>
  findUniqueOrThrow(args: object): Promise<Row>
  findFirst(args: object): Promise<Row | null>
  findFirstOrThrow(args: object): Promise<Row>
  findMany(args: object): Promise<Row[]>
  count(args: object): Promise<unknown>
  aggregate(args: object): Promise<unknown>
  groupBy(args: object): Promise<unknown>
  create(args: object): Promise<Row>
  createMany(args: object): Promise<{ count: number }>
  createManyAndReturn(args: object): Promise<Row[]>
  update(args: object): Promise<Row>
  updateMany(args: object): Promise<{ count: number }>
  updateManyAndReturn(args: object): Promise<Row[]>
  upsert(args: object): Promise<Row>
  delete(args: object): Promise<Row>
  deleteMany(args: object): Promise<{ count: number }>
  /** Columns, for comparing one with another. */
  readonly fields: object
}

/** A client, or one of its transactions; in a transaction, one more is a savepoint. */
export interface Client {
  /** Absent from a transaction. */
  $connect?: unknown
  $extends?(extension: object): object
  $transaction<T>(run: (client: Client) => Promise<T>, options?: object): Promise<T>
  $transaction(calls: readonly PromiseLike<unknown>[], options?: object): Promise<unknown[]>
}

/** The operations of a model on a client. */
export function delegateOf(client: Client, model: ModelMetadata): Delegate {
  return (client as unknown as Record<string, Delegate>)[model.delegate]!
}
