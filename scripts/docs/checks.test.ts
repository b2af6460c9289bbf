import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checks } from '../../framework/src/lib/cli/check/registry.ts'
import { root } from '../lib/run.ts'

const rows = readFileSync(join(root, 'docs/reference/checks.md'), 'utf8').matchAll(/^\| `([\w.]+)` \| ([^|]+) \|/gm)

describe('docs/reference/checks.md', () => {
  it('has every check in the words of the registry, and none besides', () => {
    expect(Object.fromEntries([...rows].map(([, id, text]) => [id, text]))).toEqual(checks)
  })
})
