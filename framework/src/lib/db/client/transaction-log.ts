import { getLogger } from '../../core/log.ts'
import type { Change } from '../changes.ts'

/** Something to do once a transaction has been committed. */
export type AfterCommit = () => unknown

/** What has happened in a transaction or savepoint. */
export class TransactionLog {
  readonly changes: Change[] = []
  readonly afterCommit: AfterCommit[] = []

  /** Takes over what a savepoint has kept. */
  include({ changes, afterCommit }: TransactionLog): void {
    this.changes.push(...changes)
    this.afterCommit.push(...afterCommit)
  }
}

/** Does what was left until after the commit, in order. Never rejects: what has been committed stays so. */
export async function runAfterCommit(callbacks: readonly AfterCommit[]): Promise<void> {
  for (const callback of callbacks) {
    try {
      await callback()
    } catch (error) {
      getLogger().error({ err: error }, 'Something that was to be done after a commit has failed.')
    }
  }
}
