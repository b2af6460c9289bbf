import { HotclubError } from '../../core/hotclub-error.ts'
import type { Change } from '../changes.ts'
import type { Client } from './delegates.ts'
import type { TransactionLog } from './transaction-log.ts'
import type { Watchers } from './watchers.ts'

/** What one of our clients, or a transaction of it, stands on. */
export class Scope {
  /** Prisma's client, or its transaction. */
  readonly prisma: Client
  readonly watchers: Watchers
  /** What has happened in the transaction; `undefined` outside of one. */
  readonly log: TransactionLog | undefined
  /** The client as the app sees it. */
  readonly client: object

  /** @param base What the client inherits from: for a transaction it is the client that began it, with all that was added to that */
  constructor(prisma: Client, watchers: Watchers, base: object, log?: TransactionLog) {
    this.prisma = prisma
    this.watchers = watchers
    this.log = log
    this.client = Object.defineProperty(Object.create(base), key, { value: this }) as object
  }

  /** What a transaction, or a savepoint, of this one stands on. */
  inside(prisma: Client, log: TransactionLog): Scope {
    return new Scope(prisma, this.watchers, this.client, log)
  }

  /** Remembers changes until the transaction commits, or tells of them at once outside of one. */
  changed(changes: readonly Change[]): void {
    if (this.log) this.log.changes.push(...changes)
    else this.watchers.tell(changes)
  }
}

// The command line and the app may each hold a copy of this module.
const key = Symbol.for('hotclub.scope')

/** @throws {HotclubError} `HC_CLIENT` when it is none of our clients */
export function scopeOf(client: object): Scope {
  const scope = (client as { [key]?: Scope })[key]
  if (scope) return scope
  throw new HotclubError('HC_CLIENT', {
    message: 'This is no client that Hotclub has made, or it does not know the models of the schema.',
    hint: 'Make it with createDb() of hotclub/db, after setSchema() or with the option `schema`.',
  })
}
