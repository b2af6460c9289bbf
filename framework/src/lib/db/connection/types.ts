import type { Provider } from '../database-url.ts'

/**
 * One connection to a database, for one user at a time.
 *
 * Values read are the same whichever database it is: integers are numbers, or `bigint` beyond what a number holds; decimals, dates, times
 * and JSON are the text that the database writes, times in UTC; bytes are a `Buffer`.
 */
export interface Connection extends AsyncDisposable {
  readonly provider: Provider
  /** Runs any number of statements; their rows are dropped. */
  exec(script: string): Promise<void>
  /** Runs one statement and returns its rows. With values, each `?` stands for one, in every database. */
  rows<T>(sql: string, ...values: readonly unknown[]): Promise<T[]>
  /** Keeps all of what `change` did, or nothing when it throws. MySQL still commits at each statement that changes its tables. */
  transaction<T>(change: () => Promise<T>): Promise<T>
  /** Quotes a name of a table, a column or anything else that has one. */
  quote(name: string): string
  close(): Promise<void>
}
