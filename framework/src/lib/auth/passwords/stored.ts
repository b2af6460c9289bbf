/** A stored password, as its hash says it was made. */
export interface StoredPassword {
  /** Whether what is made today would be harder to guess from. */
  isWeak: boolean
  matches(password: string): Promise<boolean>
}

/** Reads one kind of hash; `undefined` for any other, and for costs that no honest hash has: those would take the memory, or minutes. */
export type ReadStored = (encoded: string) => StoredPassword | undefined

/** Whether every number is from 1 up to `max`. */
export function areWithin(max: number, ...numbers: number[]): boolean {
  return numbers.every((number) => number >= 1 && number <= max)
}
