import { z } from 'zod'

export interface DecimalOptions {
  /** Digits in all (default: any number up to 100). */
  precision?: number
  /** Digits after the point (default: any number). */
  scale?: number
  min?: number | string
  max?: number | string
}

/**
 * A schema for decimal numbers that loses no digit: a text such as `-12.50`, which Prisma takes for a `Decimal` column.
 * Fields of it also show `Decimal` values.
 *
 * @returns The number as written, without leading zeros, a plus sign or spaces around it
 */
export function decimal({ precision = 100, scale, min, max }: DecimalOptions = {}): z.ZodType<string, string> {
  const bounds = [min === undefined ? undefined : `At least ${min}.`, max === undefined ? undefined : `At most ${max}.`]
  return z
    .string()
    .trim()
    .regex(/^[+-]?(?:\d{1,100}(?:\.\d{0,100})?|\.\d{1,100})$/, 'Enter a number.')
    .overwrite(toPlain)
    .refine((text) => digits(text) <= precision, `At most ${precision} digits.`)
    .refine((text) => scale === undefined || fraction(text) <= scale, `At most ${scale} digits after the point.`)
    .refine((text) => min === undefined || compare(text, String(min)) >= 0, bounds[0])
    .refine((text) => max === undefined || compare(text, String(max)) <= 0, bounds[1])
    .meta({ widget: 'number', step: scale === undefined ? 'any' : scale === 0 ? 1 : Number(`1e-${scale}`) })
}

function toPlain(text: string): string {
  const [, sign = '', whole = '', rest = ''] = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text) ?? []
  if (whole === '' && rest === '') return text
  const number = (whole.replace(/^0+(?=\d)/, '') || '0') + (rest === '' ? '' : `.${rest}`)
  return sign === '-' && /[1-9]/.test(number) ? `-${number}` : number
}

function digits(text: string): number {
  return text.replace(/^-?0?\.?/, '').replace('.', '').length
}

function fraction(text: string): number {
  return (text.split('.')[1] ?? '').length
}

/** Compares two plain decimals exactly: scaled to whole numbers of the same unit. */
function compare(left: string, right: string): number {
  const scale = Math.max(fraction(left), fraction(right))
  const whole = (text: string): bigint => {
    const [before = '0', after = ''] = text.split('.')
    return BigInt(`${before}${after.padEnd(scale, '0')}`)
  }
  const [a, b] = [whole(toPlain(left)), whole(toPlain(right))]
  return a < b ? -1 : a > b ? 1 : 0
}
