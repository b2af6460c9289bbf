import type { CspDirectives } from '../core/security.ts'

/** Where browsers report what a policy has blocked. */
export const cspReportPath = '/_hotclub/csp-report'

/** The policy that the framework itself lives under: no inline script, no inline style element, nothing from elsewhere. */
export const defaultCsp: Readonly<CspDirectives> = {
  defaultSrc: ['self'],
  scriptSrc: ['self'],
  styleSrc: ['self'],
  // The `style` property of React's elements; an attribute cannot load a thing or reach beyond its element.
  styleSrcAttr: ['unsafe-inline'],
  imgSrc: ['self', 'data:', 'blob:'],
  fontSrc: ['self', 'data:'],
  objectSrc: ['none'],
  baseUri: ['none'],
  formAction: ['self'],
  frameAncestors: ['none'],
}

/** What one answer allows beyond its policy: sources for its own inline scripts and styles. */
export interface InlineSources {
  script: string[]
  style: string[]
}

/** A policy, written once. */
export interface Policy {
  /** The header's value for an answer without inline parts; empty when nothing is restricted. */
  plain: string
  /** The value for an answer with inline parts. */
  with(inline: InlineSources): string
}

const keywords =
  /^(?:self|none|unsafe-(?:inline|eval|hashes)|wasm-unsafe-eval|strict-dynamic|report-sample|inline-speculation-rules|script|nonce-.+|sha(?:256|384|512)-.+)$/

/** Joins directives; a later one takes the place of an earlier. */
export function mergeCsp(...all: CspDirectives[]): CspDirectives {
  return Object.assign({}, ...all) as CspDirectives
}

/** Writes a policy. The word `nonce` in a list stands for the answer's own, where it has one. */
export function compilePolicy(directives: CspDirectives): Policy {
  const lists = new Map<string, string[]>()
  for (const [name, value] of Object.entries(directives) as Array<[string, string[] | boolean | undefined]>) {
    const directive = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    if (value === true) lists.set(directive, [])
    else if (Array.isArray(value) && (value.length > 0 || directive === 'sandbox')) lists.set(directive, value.map(quoted))
  }
  const write = (inline: InlineSources): string =>
    [...withInline(lists, inline)]
      .map(([name, sources]) => [name, ...sources].join(' '))
      .filter((text) => text !== '')
      .join('; ')
  return {
    plain: write({ script: [], style: [] }),
    with: write,
  }
}

function quoted(source: string): string {
  return keywords.test(source) ? `'${source}'` : source
}

function withInline(lists: Map<string, string[]>, inline: InlineSources): Map<string, string[]> {
  const result = new Map<string, string[]>()
  const nonces = inline.script.filter((source) => source.startsWith("'nonce-"))
  for (const [name, sources] of lists) {
    const known = sources.flatMap((source) => (source === 'nonce' ? nonces : [source]))
    // A list of nothing but a nonce that is not there allows nothing, and says nothing.
    if (known.length > 0 || sources.length === 0) result.set(name, known)
  }
  for (const kind of ['script', 'style'] as const) {
    const added = inline[kind]
    const fallback = result.get('default-src')
    if (added.length === 0) continue
    if (!result.has(`${kind}-src`) && !result.has(`${kind}-src-elem`) && fallback) result.set(`${kind}-src`, fallback)
    for (const name of [`${kind}-src`, `${kind}-src-elem`]) {
      const sources = result.get(name)
      // Beside a nonce or hash browsers ignore 'unsafe-inline'; whoever has asked for it means every inline part.
      if (!sources || sources.includes("'unsafe-inline'")) continue
      result.set(name, [...new Set([...sources.filter((source) => source !== "'none'"), ...added])])
    }
  }
  return result
}
