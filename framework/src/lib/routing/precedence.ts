/**
 * Which of two segments is tried first where both could take a URL's segment. Written down for users in
 * `docs/reference/routing.md`: static, parameter with converter, plain parameter, optional, rest.
 */
import { isBuiltInConverter } from './converters.ts'
import type { Segment } from './types.ts'

type Param = Extract<Segment, { kind: 'param' }>
type Rest = Extract<Segment, { kind: 'rest' }>

/** Negative when `a` is tried before `b`; `0` only for segments that take the same texts in the same place. */
export function compareParams(a: Param, b: Param): number {
  return (
    rank(a) - rank(b) ||
    b.prefix.length + b.suffix.length - (a.prefix.length + a.suffix.length) ||
    b.prefix.length - a.prefix.length ||
    compareConverters(a.converter, b.converter) ||
    compareTexts(a.prefix, b.prefix) ||
    compareTexts(a.suffix, b.suffix)
  )
}

/** Negative when `a` is tried before `b`. */
export function compareRests(a: Rest, b: Rest): number {
  return compareConverters(a.converter, b.converter)
}

function rank({ optional, converter }: Param): number {
  return (optional ? 2 : 0) + (converter === undefined ? 1 : 0)
}

/** Own converters by name, since they are made for one purpose; then the built-in ones, narrow to wide; then none. */
function compareConverters(a: string | undefined, b: string | undefined): number {
  return width(a) - width(b) || compareTexts(a ?? '', b ?? '')
}

const widths = { int: 1, uuid: 2, slug: 3, path: 4 } as const

function width(converter: string | undefined): number {
  if (converter === undefined) return 5
  return isBuiltInConverter(converter) ? widths[converter] : 0
}

/** By code unit: the same on every machine, whatever its locale. */
function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
