import { PageError } from './page-error.ts'
import type { Chunk } from './payload.ts'
import { unflatten } from './unflatten.ts'

/** Reads one stream of encoded data: its first value, then the chunks its promises wait for. */
export interface Decoder {
  /** Turns text made by `encode` back into the value. */
  decode(text: string): unknown
  /** Takes a {@link Chunk} and settles its promise. */
  settle(text: string): void
  /** Rejects what is still open: the stream ended early. */
  close(reason: unknown): void
}

/**
 * Creates a decoder for one response.
 *
 * @param toDecimal Makes a `Decimal` of its text; have the class ready when {@link needsDecimal} says so
 */
export function createDecoder(toDecimal: (text: string) => unknown): Decoder {
  // Kept for as long as the stream lasts: a later chunk may name a promise of an earlier one again.
  const promises = new Map<number, PromiseWithResolvers<unknown>>()
  const numbered = (id: number): PromiseWithResolvers<unknown> => {
    const known = promises.get(id)
    if (known) return known
    const made = Promise.withResolvers<unknown>()
    // Whoever shows it handles the failure; a value nobody reads must not become an unhandled rejection.
    made.promise.catch(() => undefined)
    promises.set(id, made)
    return made
  }
  const revivers = { Promise: ([id]: [number]) => numbered(id).promise, Decimal: toDecimal }
  const decode = (text: string): unknown => {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? unflatten(value, revivers) : value
  }
  return {
    decode,
    settle(text) {
      const chunk = decode(text) as Chunk
      const { resolve, reject } = numbered(chunk.id)
      if ('error' in chunk) reject(new PageError(chunk.error))
      else resolve(chunk.value)
    },
    close(reason) {
      for (const { reject } of promises.values()) reject(reason)
    },
  }
}

/** Whether text made by `encode` may hold a `Decimal`, so that its class must be loaded before decoding. */
export function needsDecimal(text: string): boolean {
  return text.includes('["Decimal",')
}
