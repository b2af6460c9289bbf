/** The types of field names: what a schema takes, as paths. */

type Leaf = string | number | bigint | boolean | Date | File | Blob | Uint8Array | null | undefined

type Simple<T> = Exclude<T, null | undefined>

/**
 * Every field of a form: `title`, `address.street`, and lists as a whole (`cast`). What is inside a list is named by its item:
 * `<List name="cast">{(item) => <item.Field name="role" />}</List>`.
 */
export type FieldName<T> = NameIn<Simple<T>, []>

type NameIn<T, Depth extends unknown[]> = Depth['length'] extends 4
  ? string
  : T extends Leaf | readonly unknown[]
    ? never
    : T extends object
      ? string extends keyof T
        ? string
        : { [K in keyof T & string]: K | `${K}.${Rest<NameIn<Simple<T[K]>, [...Depth, 0]>>}` }[keyof T & string]
      : never

type Rest<N> = N extends string ? N : never

/** Names of the lists of a form. */
export type ListName<T> = { [K in FieldName<T>]: ValueAt<T, K> extends readonly unknown[] ? K : never }[FieldName<T>]

/** The value of a field. */
export type ValueAt<T, N extends string> =
  Simple<T> extends infer O
    ? N extends `${infer K}.${infer R}`
      ? K extends KeyOf<O>
        ? ValueAt<PropertyOf<O, K>, R>
        : never
      : N extends KeyOf<O>
        ? Simple<PropertyOf<O, N>>
        : never
    : never

type KeyOf<O> = O extends unknown ? keyof O : never
type PropertyOf<O, K extends PropertyKey> = O extends unknown ? (K extends keyof O ? O[K] : never) : never

/** What one item of a list holds. */
export type ItemAt<T, N extends string> = ValueAt<T, N> extends readonly (infer I)[] ? I : never

/** Values for some fields, at any depth. `null` stands for nothing, as in rows of a database. */
export type PartialValues<T> = T extends Leaf
  ? T | null
  : T extends readonly (infer I)[]
    ? readonly PartialValues<I>[] | null
    : T extends object
      ? { readonly [K in keyof T]?: PartialValues<T[K]> | (T[K] extends string | undefined | null ? Decimalish : never) | null | undefined }
      : T

/** A Prisma `Decimal`, which fills a field of text. */
interface Decimalish {
  toFixed(): string
}
