import type { Head } from '../routing/types.ts'
import type { HeadTag } from '../view/payload.ts'

/**
 * Merges the heads of a chain, outermost first, into the elements of `<head>`.
 *
 * The innermost `title` wins and passes through every `titleTemplate` above it; a later `meta`, `link`, Open Graph
 * entry or description replaces an earlier one of the same key; JSON-LD adds up.
 */
export function mergeHead(heads: Head[]): HeadTag[] {
  const tags = new Map<string, HeadTag>()
  const title = mergeTitle(heads)
  if (title !== undefined) tags.set('title', { key: 'title', tag: 'title', attributes: {}, text: title })
  const set = (tag: 'meta' | 'link', identity: string, attributes: Record<string, string>): void => {
    const key = `${tag}:${identity}`
    tags.set(key, { key, tag, attributes })
  }
  let scripts = 0
  for (const head of heads) {
    if (head.description !== undefined) set('meta', 'description', { name: 'description', content: head.description })
    if (head.robots !== undefined) set('meta', 'robots', { name: 'robots', content: head.robots })
    if (head.canonical !== undefined) set('link', 'canonical', { rel: 'canonical', href: head.canonical })
    for (const [name, content] of Object.entries(head.og ?? {})) set('meta', `og:${name}`, { property: `og:${name}`, content })
    for (const attributes of head.meta ?? []) set('meta', metaIdentity(attributes), attributes)
    for (const attributes of head.link ?? []) set('link', linkIdentity(attributes), attributes)
    for (const item of head.jsonLd ?? []) {
      const key = `json-ld:${scripts++}`
      tags.set(key, { key, tag: 'script', attributes: { type: 'application/ld+json' }, text: scriptJson(item) })
    }
  }
  return [...tags.values()]
}

function mergeTitle(heads: Head[]): string | undefined {
  const level = heads.findLastIndex((head) => head.title !== undefined)
  if (level < 0) return undefined
  let title = heads[level]!.title!
  for (let index = level - 1; index >= 0; index--) title = heads[index]!.titleTemplate?.(title) ?? title
  return title
}

function metaIdentity(attributes: Record<string, string>): string {
  return attributes['name'] ?? attributes['property'] ?? attributes['http-equiv'] ?? JSON.stringify(attributes)
}

function linkIdentity(attributes: Record<string, string>): string {
  return attributes['rel'] === 'canonical' ? 'canonical' : `${attributes['rel']}:${attributes['hreflang'] ?? ''}:${attributes['href']}`
}

/** JSON that cannot close the script element it stands in. */
function scriptJson(value: object): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c')
}
