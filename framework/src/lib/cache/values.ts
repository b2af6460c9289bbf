import { DevalueError, parse, stringify } from 'devalue'
import { isDecimal } from '../core/decimal.ts'
import { HotclubError } from '../core/hotclub-error.ts'

/**
 * Encodes a value: everything JSON has, and `undefined`, `Date`, `BigInt`, `Decimal`, `Map`, `Set`, `URL`, bytes, circular references.
 *
 * @throws {HotclubError} `HC_CACHE` when a part of it cannot be kept (a function, a promise, an instance of a class)
 */
export function encodeValue(value: unknown, key: string): string {
  try {
    return stringify(value, { Decimal: (item: unknown) => (isDecimal(item) ? item.toString() : undefined) })
  } catch (error) {
    if (!(error instanceof DevalueError)) throw error
    throw new HotclubError('HC_CACHE', {
      where: error.path ? `${key} ${error.path}` : key,
      message: `The cache cannot keep this value: ${error.message}.`,
      hint: 'Keep plain data: objects, lists, texts, numbers, dates, maps, sets, bytes.',
      cause: error,
    })
  }
}

/** Makes the value anew: each caller has its own, and changes nobody else's. */
export async function decodeValue(text: string): Promise<unknown> {
  if (!text.includes('["Decimal",')) return parse(text)
  const { Decimal } = await import('@prisma/client/runtime/client')
  return parse(text, { Decimal: (digits: string) => new Decimal(digits) })
}

/** Whether nobody can change a value, so that all may have the same one. */
export function isImmutable(value: unknown): boolean {
  return (typeof value !== 'object' && typeof value !== 'function') || value === null
}

/** Whether {@link encodeValue} can encode a value. */
export function canKeep(value: unknown): boolean {
  try {
    encodeValue(value, '')
    return true
  } catch {
    return false
  }
}
