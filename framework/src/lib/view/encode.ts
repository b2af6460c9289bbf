import { DevalueError, stringify } from 'devalue'
import { isDecimal } from '../core/decimal.ts'
import { HotclubError } from '../core/hotclub-error.ts'
import { inspect, isPromise } from './inspect.ts'

/** Gives a promise its number in the stream. */
export type RegisterPromise = (promise: PromiseLike<unknown>) => number

/**
 * Encodes data for the browser: everything JSON has, and `undefined`, `Date`, `BigInt`, `Decimal`, `Map`, `Set`,
 * `URL`, bytes, circular references, and promises. Where plain JSON says it all, an object that stands in two places
 * arrives as two equal ones.
 *
 * The text is JSON in either case and holds no `<`, so that it may stand inside a script element. It starts with `{`
 * where plain JSON says it all and with `[` where the general form was needed; {@link decode} tells them apart.
 *
 * @param value An object
 * @param register Called for each promise found
 * @param plain What {@link inspect} said of `value`, if that is known already
 * @throws {HotclubError} `HC_SERIALIZE` when a value cannot travel (a function, a class instance), with its place
 */
export function encode(value: object, register: RegisterPromise, plain: boolean = inspect(value).plain): string {
  const text = plain ? JSON.stringify(value) : general(value, register)
  return text.includes('<') ? text.replaceAll('<', '\\u003c') : text
}

function general(value: object, register: RegisterPromise): string {
  try {
    return stringify(value, {
      Promise: (item: unknown) => (isPromise(item) ? [register(item)] : undefined),
      Decimal: (item: unknown) => (isDecimal(item) ? item.toString() : undefined),
    })
  } catch (error) {
    if (!(error instanceof DevalueError)) throw error
    throw new HotclubError('HC_SERIALIZE', {
      where: error.path,
      message: `${describe(error)} cannot travel to the browser.`,
      hint: 'Return plain data from loaders and actions: pick the fields the view shows.',
      cause: error,
    })
  }
}

function describe({ value, message }: DevalueError): string {
  if (typeof value === 'function') return 'A function'
  if (typeof value === 'symbol') return 'A symbol'
  if (message.includes('__proto__')) return "An object with a key '__proto__'"
  if (message.includes('symbolic keys')) return 'An object with symbols as keys'
  return `An instance of ${(value as object).constructor?.name ?? 'a class'}`
}
