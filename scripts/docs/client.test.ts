import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as client from '../../framework/src/client.ts'
import { root } from '../lib/run.ts'

const [, ...sections] = readFileSync(join(root, 'docs/reference/client.md'), 'utf8').split(/^## /m)

describe('docs/reference/client.md', () => {
  it('has a section for each part, and none besides', () => {
    const headings = sections.map((section) => section.split('\n', 1)[0])

    expect(new Set(headings)).toEqual(new Set([...Object.keys(client), 'Types']))
  })

  it('names each exported type', () => {
    const source = readFileSync(join(root, 'framework/src/client.ts'), 'utf8')
    const types = [...source.matchAll(/\btype (\w+)|^export type \{ ([^}]+) \}/gm)].flatMap(
      ([, one, several]) => one ?? several!.split(', '),
    )
    const text = sections.find((section) => section.startsWith('Types'))!

    expect(types).toContain('LinkProps')
    expect(types.filter((name) => !text.includes(`\`${name}\``))).toEqual([])
  })
})
