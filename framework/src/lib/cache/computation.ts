import { userTag } from './ledger.ts'

/** What a computation may say of the entry that its value becomes. */
export interface EntryHandle {
  /** Names what the value depends on, as it becomes known. */
  tag(...tags: string[]): void
  /** Gives the entry another life than the call did. In seconds. */
  keepFor(seconds: number): void
  /** Whether the old value was given out, and this one is for those who come later. */
  readonly isRefresh: boolean
  /** Keeps the value to whoever asked for it: it is not stored, and nobody else gets it. */
  skip(): void
}

/** One making of a value. */
export class Computation implements EntryHandle {
  /** The tick before it began. */
  readonly start: number
  readonly tags: Set<string>
  seconds: number
  readonly isRefresh: boolean
  isSkipped = false

  constructor(start: number, tags: readonly string[], seconds: number, isRefresh: boolean) {
    this.start = start
    this.tags = new Set(tags.map(userTag))
    this.seconds = seconds
    this.isRefresh = isRefresh
  }

  tag(...tags: string[]): void {
    for (const tag of tags) this.tags.add(userTag(tag))
  }

  keepFor(seconds: number): void {
    this.seconds = seconds
  }

  skip(): void {
    this.isSkipped = true
  }
}
