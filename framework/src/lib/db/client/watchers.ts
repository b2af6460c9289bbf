import type { SchemaMetadata } from '../../schema/types.ts'
import { namesOf, type Names } from '../call/names.ts'
import type { Change } from '../changes.ts'

/** Who wants to know what is written through a client. */
export class Watchers {
  readonly names: Names
  readonly listeners: Set<(changes: readonly Change[]) => void> = new Set()

  constructor(schema: SchemaMetadata) {
    this.names = namesOf(schema)
  }

  /** Whether nobody does, so that a write is Prisma's alone. */
  get areNone(): boolean {
    return this.listeners.size === 0
  }

  /** Tells listeners what has been committed. */
  tell(changes: readonly Change[]): void {
    if (changes.length > 0) for (const listener of this.listeners) listener(changes)
  }
}
