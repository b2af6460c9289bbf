/**
 * What URLs a route answers, as shapes: the one place that knows what an optional segment means.
 * The conflict check compares shapes; the matcher is built from them.
 */
import type { Segment } from './types.ts'

/** More optional segments than this in one route would only be confusing, and each doubles the shapes. */
export const MAX_OPTIONAL = 4

/**
 * Lists a route's paths with each optional segment present or absent, those with earlier segments present first.
 * Two ways that look the same (`[[a]]/[[b]]` with one segment) count once: the earlier name gets the value.
 */
export function shapesOf(segments: readonly Segment[]): Segment[][] {
  let shapes: Segment[][] = [[]]
  for (const segment of segments) {
    const isOptional = segment.kind === 'param' && segment.optional
    shapes = shapes.flatMap((shape) => (isOptional ? [[...shape, segment], shape] : [[...shape, segment]]))
  }
  const seen = new Set<string>()
  return shapes.filter((shape) => {
    const key = shapeKey(shape)
    return !seen.has(key) && seen.add(key)
  })
}

/** Equal for two shapes that answer the same URLs; the names of parameters do not matter. */
export function shapeKey(shape: readonly Segment[]): string {
  return `/${shape.map((segment) => segmentText(segment, '')).join('/')}`
}

/** The shape as people write it: `/movies/[id=int]`. */
export function shapeText(shape: readonly Segment[]): string {
  return `/${shape.map((segment) => segmentText(segment, segment.kind === 'static' ? '' : segment.name)).join('/')}`
}

function segmentText(segment: Segment, name: string): string {
  if (segment.kind === 'static') return segment.text
  const inner = segment.converter === undefined ? name : `${name}=${segment.converter}`
  return segment.kind === 'rest' ? `[...${inner}]` : `${segment.prefix}[${inner}]${segment.suffix}`
}
