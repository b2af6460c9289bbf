/** What a link may pass as the query of a route, from the route's `search` schema. */
import type { input, output, ZodType } from 'zod'

/** A value that stands in a query string. `undefined` and `null` leave the parameter out. */
export type SearchValue =
  | string
  | number
  | bigint
  | boolean
  | Date
  | null
  | undefined
  | ReadonlyArray<string | number | bigint | boolean | Date>

/** The query of a link to a route without `search`. */
export type AnySearch = Record<string, SearchValue>

/** The parsed query of a route without `search`: each parameter's last value. */
export interface RawSearch {
  readonly [name: string]: string | undefined
}

/** The type of a parsed query. */
export type SearchOutput<S extends ZodType> = output<S>

/**
 * What a link passes: a field with `.optional()`, `.default()` or `.catch()` may be left out, and one that is coerced
 * takes what it becomes (`page: z.coerce.number()` takes a number).
 */
export type SearchInput<S extends ZodType> = S extends { shape: infer Shape }
  ? Flat<
      { -readonly [K in keyof Shape as MayMiss<Shape[K]> extends true ? never : K]: FieldInput<Shape[K]> } & {
        -readonly [K in keyof Shape as MayMiss<Shape[K]> extends true ? K : never]?: FieldInput<Shape[K]> | undefined
      }
    >
  : input<S>

type Flat<T> = { [K in keyof T]: T[K] }

type MayMiss<F> = F extends { _zod: { optin: 'optional' | 'defaulted' } } | { def: { type: 'catch' } } ? true : false

type FieldInput<F> = F extends ZodType ? (unknown extends input<F> ? output<F> : input<F>) : never
