/** The shapes that the arguments of a call are made of. */
import { HotclubError } from '../../core/hotclub-error.ts'

/** Whether a value is written as `{ … }`: no date, decimal, bytes or array. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** @throws {HotclubError} `HC_CALL` when it is no object */
export function objectOf(value: unknown, what: string): Record<string, unknown> {
  if (isPlain(value)) return value
  throw new HotclubError('HC_CALL', {
    message: `${what} has to be an object.`,
    hint: "Prisma's documentation has the arguments of each call.",
  })
}

/** One value or several, as an array. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value]
}

/** @throws {HotclubError} `HC_CALL` */
export function unreadable(name: string, where: string): never {
  throw new HotclubError('HC_CALL', {
    message: `'${name}' cannot be read in ${where}.`,
    hint: 'Is it spelled right? What Hotclub does not know of Prisma works on the plain client alone.',
  })
}

/** A column named in a condition: `db.movie.fields.title`. */
export interface FieldReference {
  modelName: string
  name: string
}

/** Whether a value stands for a column of the same row. */
export function isFieldReference(value: unknown): value is FieldReference {
  return typeof value === 'object' && value !== null && !isPlain(value) && 'modelName' in value && 'typeName' in value
}
