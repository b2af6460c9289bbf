import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { errorCodes } from '../../framework/src/lib/core/error-codes.ts'
import { root } from '../lib/run.ts'

const [, ...sections] = readFileSync(join(root, 'docs/errors.md'), 'utf8').split(/^## /m)

describe('docs/errors.md', () => {
  it('has one section for each code of the registry, and none besides', () => {
    const headings = sections.map((section) => section.split('\n', 1)[0])

    expect(headings).toHaveLength(new Set(headings).size)
    expect(new Set(headings)).toEqual(new Set(Object.keys(errorCodes)))
  })

  it('says something under every heading', () => {
    const empty = sections.filter((section) => section.split('\n').slice(1).join('').trim().length < 80)

    expect(empty).toEqual([])
  })
})
