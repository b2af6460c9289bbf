import { createHash } from 'node:crypto'
import type { InlineSources } from './csp.ts'

/**
 * Replaces the nonces of a finished page by hashes, so that it can be kept and shown to many. Only what carries the nonce counts: a script
 * that somebody has managed to inject has none, and gets no hash.
 *
 * @param html The page
 * @param nonce What it was rendered with
 * @returns The page without the nonce, and the sources that allow its inline parts
 */
export function hashInlineParts(html: string, nonce: string): { html: string; inline: InlineSources } {
  const inline: InlineSources = { script: [], style: [] }
  const attribute = ` nonce="${nonce}"`
  let rest = html
  let result = ''
  for (let at = rest.indexOf(attribute); at !== -1; at = rest.indexOf(attribute)) {
    const open = rest.lastIndexOf('<', at)
    const end = rest.indexOf('>', at) + 1
    const name = /^<(script|style)[\s>]/i.exec(rest.slice(open, open + 8))?.[1]?.toLowerCase() as 'script' | 'style' | undefined
    if (name !== undefined) {
      const text = rest.slice(end, rest.indexOf(`</${name}`, end))
      if (text !== '') inline[name].push(`'sha256-${createHash('sha256').update(text).digest('base64')}'`)
    }
    result += rest.slice(0, at)
    rest = rest.slice(at + attribute.length)
  }
  return { html: result + rest, inline }
}
