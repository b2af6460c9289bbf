import { createHash } from 'node:crypto'
import type { CacheOptions } from '../../core/cache-options.ts'
import type { Recording } from '../../core/recording.ts'
import type { InlineSources } from '../../http/csp.ts'
import { mergeVary } from '../../http/vary.ts'
import type { ServerContext } from '../context.ts'
import { type EncodedBodies, fastResponse, takeApart, type HeaderRecord } from '../responses.ts'
import { varyNames, type Variant } from './vary.ts'

/** An answer as it is kept: what many visitors get. */
export interface KeptAnswer {
  readonly status: number
  readonly headers: HeaderRecord
  readonly body: string | Uint8Array
  /** What its inline parts need of the policy. */
  readonly inline: InlineSources | undefined
}

/** More names than this in a `Surrogate-Key` are cut down to those of models, which stand for them too: headers have an end. */
const mostKeys = 100

/** What every page says that nobody may keep. */
export const notKept = 'private, no-cache'

/** Takes an answer apart so that it can be kept; `undefined` where it is not for others. Uses the response up, as {@link showAnswer} makes it anew. */
export async function keepAnswer(
  context: ServerContext,
  response: Response,
  options: CacheOptions,
  variant: Variant,
  recording: Recording,
): Promise<KeptAnswer> {
  const { status, headers, body } = await takeApart(response)
  const control = headers['cache-control']
  const names = varyNames(variant, recording.isForStrangers)
  if (control === undefined || control === notKept) headers['cache-control'] = cacheControlOf(options, names.includes('Cookie'))
  if (names.length > 0) headers['vary'] = mergeVary(headers['vary'], names)
  headers['etag'] ??= `"${createHash('sha1').update(body).digest('base64url')}"`
  if (options.cdn !== undefined) headers['surrogate-key'] = surrogateKeys(recording.tags)
  return { status, headers, body, inline: context.hashes }
}

/** A body as it goes out: encoded once, and compressed once for each way that browsers ask for. */
interface Wire {
  readonly bytes: Uint8Array
  readonly encoded: EncodedBodies
}

const wires = new WeakMap<KeptAnswer, Wire>()

/** Makes the answer of a visitor. */
export function showAnswer(context: ServerContext, kept: KeptAnswer): Response {
  context.hashes = kept.inline
  let wire = wires.get(kept)
  if (!wire) wires.set(kept, (wire = { bytes: typeof kept.body === 'string' ? Buffer.from(kept.body) : kept.body, encoded: new Map() }))
  return fastResponse(wire.bytes, kept.status, { ...kept.headers }, wire.encoded)
}

/** Who has it may show it again after asking, unless the route says for how long not to ask. Caches between need not know that a cookie tells. */
function cacheControlOf({ browser = 0, cdn }: CacheOptions, dependsOnCookie: boolean): string {
  const parts = [
    dependsOnCookie && cdn === undefined ? 'private' : 'public',
    browser > 0 ? `max-age=${browser}` : cdn === undefined ? 'no-cache' : 'max-age=0',
  ]
  if (cdn !== undefined) parts.push(`s-maxage=${cdn}`)
  return parts.join(', ')
}

/** The tags as a CDN takes them: words of ASCII with a space between. */
function surrogateKeys(tags: ReadonlySet<string>): string {
  const all = [...tags].map(encodeURIComponent)
  return (all.length > mostKeys ? [...new Set([...tags].map((tag) => tag.split(/[#.]/, 1)[0]!))] : all).join(' ')
}
