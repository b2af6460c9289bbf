import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../lib/run.ts'

/** Not architecture/, which names pages that are still being written. */
const pages = ['README.md', ...globSync('docs/{*,guide/*,reference/*}.md', { cwd: root })]
const read = (page: string): string => readFileSync(join(root, page), 'utf8')

/** The names under which a page's headings can be linked to. */
function anchorsOf(page: string): Set<string> {
  const headings = read(page).matchAll(/^#+ (.+)$/gm)
  return new Set(
    [...headings].map(([, text]) =>
      text!
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  )
}

/** Links of a page to files of this repository that lead nowhere. */
function brokenLinks(page: string): string[] {
  const links = [...read(page).matchAll(/\]\((?!https?:)([^)\s]*)\)/g)].map(([, target]) => target!)
  return links.filter((link) => {
    const [path = '', anchor] = link.split('#')
    const target = path === '' ? page : join(dirname(page), path)
    if (!existsSync(join(root, target))) return true
    return anchor !== undefined && !anchorsOf(target).has(anchor)
  })
}

describe('links of the docs', () => {
  it('lead to a page, and to a heading of it', () => {
    const broken = pages.flatMap((page) => brokenLinks(page).map((link) => `${page}: ${link}`))

    expect(pages).toContain('docs/README.md')
    expect(broken).toEqual([])
  })
})
