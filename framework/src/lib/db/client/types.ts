import type { TransactionOf } from '../../core/register.ts'
import type { TransactionOptions } from './transaction.ts'

/** What Hotclub adds to Prisma's client. */
export interface DbExtras {
  /**
   * Runs something in a transaction: all that it writes through `tx` is there afterwards, or nothing. On a transaction, it is a savepoint.
   *
   * @param run Begun anew with another `tx` where the database gives the transaction up because of another; leave everything but the database for `afterCommit`
   * @param options Of no effect on a savepoint
   * @throws Whatever `run` throws, after everything was rolled back
   */
  transaction<T>(run: (tx: TransactionOf<this>) => Promise<T>, options?: TransactionOptions): Promise<T>
  /**
   * Does something once the outermost transaction has been committed, and never if it is rolled back. Outside of a transaction: at once.
   *
   * Callbacks run in order, and the transaction resolves after the last. One that fails is logged and stops nothing.
   */
  afterCommit(callback: () => unknown): void
  /**
   * Gives raw SQL that writes to models, so that whatever depends on them learns of it: ``db.touching('film').$executeRaw`…` ``.
   *
   * @param models Names on the client: `film` of `db.film`
   * @throws {HotclubError} `HC_MODEL`
   */
  touching(...models: string[]): Pick<this, RawName & keyof this>
}

type RawName = '$queryRaw' | '$queryRawUnsafe' | '$queryRawTyped' | '$executeRaw' | '$executeRawUnsafe'
