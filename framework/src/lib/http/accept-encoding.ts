/** The compressed forms the server knows. */
export type Encoding = 'br' | 'zstd' | 'gzip'

/**
 * Picks the encoding of a response. The client's q-values decide; where they are equal, the order of `offered` does, and any
 * encoding beats none.
 *
 * @param header The request's `Accept-Encoding`
 * @param offered What the server can send, best first
 * @returns The encoding, or `undefined` for the bytes as they are
 */
export function negotiateEncoding<E extends string>(header: string, offered: readonly E[]): E | undefined {
  const weights = weightsOf(header)
  let best: E | undefined
  let bestWeight = 0
  for (const encoding of offered) {
    const weight = weights.get(encoding) ?? weights.get('*') ?? 0
    if (weight > bestWeight) {
      best = encoding
      bestWeight = weight
    }
  }
  // Unnamed, identity is acceptable but no one's wish; named, it has its own weight.
  return bestWeight >= (weights.get('identity') ?? 0) ? best : undefined
}

/** A browser sends one header for its whole life; the few distinct ones need to be read once. */
const known = new Map<string, ReadonlyMap<string, number>>()
const maxKnown = 100

function weightsOf(header: string): ReadonlyMap<string, number> {
  const hit = known.get(header)
  if (hit) return hit
  const weights = new Map<string, number>()
  for (const part of header.split(',')) {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase())
    if (name === '') continue
    const q = parameters.find((text) => /^q\s*=/.test(text))
    const weight = q === undefined ? 1 : Number(q.slice(q.indexOf('=') + 1))
    weights.set(name === 'x-gzip' ? 'gzip' : name, weight >= 0 && weight <= 1 ? weight : 0)
  }
  if (known.size >= maxKnown) known.clear()
  if (header.length <= 200) known.set(header, weights)
  return weights
}
