import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { defineSettings } from '../../framework/src/index.ts'
import { root } from '../lib/run.ts'

const rows = readFileSync(join(root, 'docs/reference/settings.md'), 'utf8').matchAll(/^\| `([\w.]+)` \| `([^`]+)` \|/gm)
const documented = Object.fromEntries(
  [...rows].map(([, name, value]) => [name, JSON.parse(value!.replaceAll("'", '"').replaceAll('_', ''))]),
)

/** `{ limits: { body: 1 } }` → `{ 'limits.body': 1 }` */
function flat(value: object, path = ''): Record<string, unknown> {
  return Object.assign(
    {},
    ...Object.entries(value).map(([key, inner]) =>
      typeof inner === 'object' && Object.keys(inner).length > 0 ? flat(inner, `${path}${key}.`) : { [path + key]: inner },
    ),
  )
}

describe('docs/reference/settings.md', () => {
  it('has every setting with its default, and none besides', () => {
    const { env: _, ...defaults } = defineSettings({})

    expect(documented).toEqual(flat(defaults))
  })
})
