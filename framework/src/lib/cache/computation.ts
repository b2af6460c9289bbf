import { userTag } from './ledger.ts'

/** What a computation may say of the entry that its value becomes. */
export interface EntryHandle {
  /** Whether the old value was given out because it is merely stale, and this is made for those who come later. */
  readonly isRefresh: boolean
  /** Names what the value depends on, as it becomes known. */
  tag(...tags: string[]): void
  /** Keeps the value to whoever asked for it: it is not stored, and nobody else gets it. */
  skip(): void
}

/** One making of a value. */
export class Computation implements EntryHandle {
  /** The tick before it began. */
  readonly start: number
  readonly isRefresh: boolean
  readonly tags: Set<string>
  isSkipped = false

  constructor(start: number, isRefresh: boolean, tags: readonly string[]) {
    this.start = start
    this.isRefresh = isRefresh
    this.tags = new Set(tags.map(userTag))
  }

  tag(...tags: string[]): void {
    for (const tag of tags) this.tags.add(userTag(tag))
  }

  skip(): void {
    this.isSkipped = true
  }
}
