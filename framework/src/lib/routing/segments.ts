/**
 * Reads the text of a route id or file name, segment by segment. Small on purpose: `href()` carries it to the browser.
 */
import type { Segment } from './types.ts'

const name = '([A-Za-z_$][\\w$]*)(?:=([A-Za-z_][\\w-]*))?'
const restPattern = new RegExp(`^\\[\\.\\.\\.${name}\\]$`)
const optionalPattern = new RegExp(`^\\[\\[${name}\\]\\]$`)
const paramPattern = new RegExp(`^([^[\\]]*)\\[${name}\\]([^[\\]]*)$`)

/**
 * Reads one segment as it stands in a file name without extension: `movies`, `[id=int]`, `[slug].xml`, `[[lang]]`, `[...rest]`.
 *
 * @returns `undefined` when the brackets do not form a parameter
 */
export function parseSegment(text: string): Segment | undefined {
  if (!/[[\]]/.test(text)) return { kind: 'static', text }
  const rest = restPattern.exec(text)
  if (rest) return { kind: 'rest', name: rest[1]!, converter: rest[2] }
  const optional = optionalPattern.exec(text)
  if (optional) return { kind: 'param', name: optional[1]!, converter: optional[2], optional: true, prefix: '', suffix: '' }
  const param = paramPattern.exec(text)
  if (!param) return undefined
  return { kind: 'param', name: param[2]!, converter: param[3], optional: false, prefix: param[1]!, suffix: param[4]! }
}

/**
 * Reads a whole route id such as `/movies/[id=int]`.
 *
 * @returns `undefined` when a segment cannot be read
 */
export function parseRouteId(id: string): Segment[] | undefined {
  const segments: Segment[] = []
  if (id === '/') return segments
  for (const text of id.slice(1).split('/')) {
    const segment = parseSegment(text)
    if (!segment) return undefined
    segments.push(segment)
  }
  return segments
}

/** Whether a path that ends with this segment is the name of a file (`sitemap.xml`, `[slug].json`), which never ends with a slash. */
export function hasExtension(last: Segment | undefined): boolean {
  if (last?.kind === 'static') return /.\.[^.]+$/.test(last.text)
  return last?.kind === 'param' && /\.[^.]+$/.test(last.suffix)
}
