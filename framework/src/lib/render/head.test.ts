import { describe, expect, it } from 'vitest'
import { mergeHead } from './head.ts'

describe('mergeHead', () => {
  it('passes the innermost title through every template above it', () => {
    const outer = { title: 'Site', titleTemplate: (title: string) => `${title} · Site` }
    const section = { titleTemplate: (title: string) => `${title} in Films` }
    expect(mergeHead([outer, section, { title: 'Alien' }])).toEqual([
      { key: 'title', tag: 'title', attributes: {}, text: 'Alien in Films · Site' },
    ])
    expect(mergeHead([outer, section])[0]!.text).toBe('Site')
    expect(mergeHead([])).toEqual([])
  })

  it('lets a later meta or link of the same identity replace an earlier one', () => {
    const tags = mergeHead([
      {
        meta: [
          { name: 'theme-color', content: 'red' },
          { property: 'og:type', content: 'website' },
        ],
        link: [{ rel: 'icon', href: '/a.png' }],
      },
      {
        meta: [{ name: 'theme-color', content: 'blue' }],
        og: { type: 'video.movie' },
        link: [{ rel: 'alternate', hreflang: 'de', href: '/de' }],
      },
    ])
    expect(tags.map(({ attributes }) => attributes)).toEqual([
      { name: 'theme-color', content: 'blue' },
      { property: 'og:type', content: 'video.movie' },
      { rel: 'icon', href: '/a.png' },
      { rel: 'alternate', hreflang: 'de', href: '/de' },
    ])
  })

  it('keeps JSON-LD of every level, and lets none of it close the script', () => {
    const tags = mergeHead([{ jsonLd: [{ a: '</script>' }] }, { jsonLd: [{ b: 1 }] }])
    expect(tags.map(({ text }) => text)).toEqual(['{"a":"\\u003c/script>"}', '{"b":1}'])
    expect(JSON.parse(tags[0]!.text!)).toEqual({ a: '</script>' })
  })
})
