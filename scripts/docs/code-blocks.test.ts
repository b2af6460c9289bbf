import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../lib/run.ts'
import { codeBlocks, compileBlocks } from './code-blocks.ts'

const sample = [
  '# Page', // 1
  '```sh', // 2
  'npm run dev', // 3
  '```', // 4
  '<!-- preamble', // 5
  'const year: number = 1972', // 6
  '-->', // 7
  '```ts', // 8
  'export const decade = Math.floor(year / 10)', // 9
  'export const wrong: string = decade', // 10
  '```', // 11
  '```tsx file=app/a.tsx', // 12
  'export const A = () => <p>{year}</p>', // 13
  '```', // 14
].join('\n')

describe('codeBlocks', () => {
  it('gives each ts and tsx block with its own preamble, on the lines of the page', () => {
    const [first, second, ...rest] = codeBlocks('page.md', sample)

    expect(first).toMatchObject({ page: 'page.md', file: 'line-8.ts' })
    expect(first?.text.split('\n').slice(5, 10)).toEqual([
      'const year: number = 1972',
      '',
      '',
      'export const decade = Math.floor(year / 10)',
      'export const wrong: string = decade',
    ])
    expect(second).toMatchObject({ file: 'app/a.tsx' })
    expect(second?.text).not.toContain('const year')
    expect(rest).toEqual([])
  })

  it('names the place of a block that nothing closes', () => {
    expect(() => codeBlocks('page.md', 'text\n```ts\nconst a = 1\n')).toThrow('page.md:2 opens a block that nothing closes.')
  })
})

describe('compileBlocks', () => {
  it('reports mistakes by the page and line of the reader', async () => {
    const complaints = await compileBlocks(codeBlocks('page.md', sample), 'docs-sample')

    expect(complaints.filter((line) => line.startsWith('page.md')).toSorted()).toEqual([
      "page.md:10:14: error TS2322: Type 'number' is not assignable to type 'string'.",
      "page.md:13:28: error TS2304: Cannot find name 'year'.",
    ])
  })

  it('finds every block of the README and the docs right', async () => {
    const pages = ['README.md', ...globSync('docs/**/*.md', { cwd: root })]
    const blocks = pages.flatMap((page) => codeBlocks(page, readFileSync(join(root, page), 'utf8')))

    expect(blocks.map(({ page }) => page)).toContain('README.md')
    expect(await compileBlocks(blocks, 'docs')).toEqual([])
  })
})
