/** Some bytes of a file, both ends included. */
export interface ByteRange {
  start: number
  end: number
}

/** More parts than any reader asks for; beyond it the whole file costs less than the headers of its pieces. */
const maxRanges = 20

/**
 * Reads a `Range` header.
 *
 * @param header The header's value
 * @param size Bytes of the whole file
 * @returns The parts that exist, in the order asked for; an empty list when none does (416); `undefined` when the header must be
 * ignored: another unit, broken syntax, too many parts, or parts that together are more than the file
 */
export function parseRange(header: string, size: number): ByteRange[] | undefined {
  const match = /^bytes\s*=(.*)$/i.exec(header.trim())
  if (!match) return undefined
  const specs = match[1]!.split(',').map((spec) => spec.trim())
  if (specs.length > maxRanges) return undefined
  const ranges: ByteRange[] = []
  let total = 0
  for (const spec of specs) {
    const range = parseSpec(spec, size)
    if (range === undefined) return undefined
    if (range === 'absent') continue
    ranges.push(range)
    total += range.end - range.start + 1
  }
  return ranges.length > 1 && total > size ? undefined : ranges
}

function parseSpec(spec: string, size: number): ByteRange | 'absent' | undefined {
  const parts = /^(\d*)-(\d*)$/.exec(spec)
  if (!parts || spec === '-') return undefined
  const [, first = '', last = ''] = parts
  if (first === '') {
    const length = Number(last)
    return length === 0 || size === 0 ? 'absent' : { start: Math.max(0, size - length), end: size - 1 }
  }
  const start = Number(first)
  if (last !== '' && Number(last) < start) return undefined
  return start >= size ? 'absent' : { start, end: last === '' ? size - 1 : Math.min(Number(last), size - 1) }
}
