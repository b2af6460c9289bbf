import type { CheckId } from './registry.ts'

/** How much a finding matters: an error breaks the app or leaves a door open, a warning leaves it ajar, an info is worth knowing. */
export type CheckLevel = 'error' | 'warning' | 'info'

/** Something that is not as it should be. */
export interface Finding {
  id: CheckId
  level: CheckLevel
  /** What is wrong. */
  message: string
  /** What to do about it. */
  hint: string
  /** A file, a setting or a variable. */
  place: string
}
