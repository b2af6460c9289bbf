import { HotclubError } from '../core/hotclub-error.ts'

/** @throws {HotclubError} `HC_CACHE` when it is no time */
export function milliseconds(seconds: number): number {
  if (seconds >= 0) return seconds * 1_000
  throw new HotclubError('HC_CACHE', {
    message: `${seconds} is no number of seconds.`,
    hint: 'Give 0 (kept not at all), any number above, or Infinity (kept until it is invalidated, or there is no room).',
  })
}
