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
  /** The client outside of every transaction. */
  readonly root: Scope
  /** Whether all that happens here is one write, which fails as a whole, so that its parts need no savepoints. */
  readonly isOneWrite: boolean
  /** The client as the app sees it. */
  readonly client: object
  #open: Scope | undefined

  /** @param base What the client inherits from: for a transaction it is the client that began it, with all that was added to that */
  constructor(prisma: Client, watchers: Watchers, base: object, inside?: { log: TransactionLog; root: Scope; isOneWrite: boolean }) {
    this.prisma = prisma
    this.watchers = watchers
    this.log = inside?.log
    this.root = inside?.root ?? this
    this.isOneWrite = inside?.isOneWrite ?? false
    this.client = Object.defineProperty(Object.create(base), key, { value: this }) as object
  }

  /** What a transaction, or a savepoint, of this one stands on. */
  inside(prisma: Client, log: TransactionLog, isOneWrite: boolean): Scope {
    return new Scope(prisma, this.watchers, this.client, { log, root: this.root, isOneWrite })
  }

  /** The same transaction for whoever may go on after a write in it has failed. */
  get open(): Scope {
    if (!this.isOneWrite || !this.log) return this
    return (this.#open ??= this.inside(this.prisma, this.log, false))
  }

  /** Remembers changes until the transaction commits, or tells of them at once outside of one. */
  changed(changes: readonly Change[]): void {
    if (this.log) this.log.changes.push(...changes)
    else this.watchers.tell(changes)
  }
}

// The command line and the app may each hold a copy of this module.
const key = Symbol.for('hotclub.scope')

/** Whether something is one of our clients, so that it tells what is written through it. */
export function isOurs(client: unknown): boolean {
  return typeof client === 'object' && client !== null && key in client
}

/** @throws {HotclubError} `HC_CLIENT` when it is none of our clients */
export function scopeOf(client: object): Scope {
  const scope = (client as { [key]?: Scope } | undefined)?.[key]
  if (scope) return scope
  throw new HotclubError('HC_CLIENT', {
    message: 'This is no client that Hotclub has made, or it does not know the models of the schema.',
    hint: 'Make it with createDb() of hotclub/db, after setSchema() or with the option `schema`.',
  })
}
