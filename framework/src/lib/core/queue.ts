import { HttpError } from './results.ts'

/** Lets few do something at once; the others wait in line, and who comes when the line is full is turned away. */
export interface Queue {
  /**
   * Runs `work` when its turn comes.
   *
   * @throws {HttpError} 503 with `Retry-After` when the line is full
   */
  run<T>(work: () => Promise<T>): Promise<T>
}

/**
 * Creates a queue.
 *
 * @param places How many work at once
 * @param line How many may wait
 */
export function createQueue(places: number, line: number): Queue {
  let free = places
  const waiting: Array<() => void> = []
  return {
    async run(work) {
      if (free > 0) free--
      else if (waiting.length < line) await new Promise<void>((resolve) => waiting.push(resolve))
      else throw new HttpError(503, 'There is too much to do right now. Try again in a moment.', { headers: { 'retry-after': '5' } })
      try {
        return await work()
      } finally {
        // The place goes straight to the next in line, so nobody slips in between.
        const next = waiting.shift()
        if (next) next()
        else free++
      }
    },
  }
}
