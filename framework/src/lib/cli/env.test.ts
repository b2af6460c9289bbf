import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { loadEnv, readEnv, reloadEnv } from './env.ts'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hotclub env '))
})

afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(root, { recursive: true })
})

describe('readEnv', () => {
  it('lets .env.local win over .env, name by name', () => {
    writeFileSync(join(root, '.env'), 'HC_TEST_A=one\nHC_TEST_B="two words"\n')
    writeFileSync(join(root, '.env.local'), 'HC_TEST_A=mine\n')

    expect(readEnv(root)).toEqual({ HC_TEST_A: 'mine', HC_TEST_B: 'two words' })
  })

  it('gives nothing where there are no files', () => {
    expect(readEnv(root)).toEqual({})
  })
})

describe('loadEnv', () => {
  it('leaves what the environment has set, empty values too, and names what it added', () => {
    writeFileSync(join(root, '.env'), 'HC_TEST_SET=file\nHC_TEST_EMPTY=file\nHC_TEST_NEW=file\n')
    vi.stubEnv('HC_TEST_SET', 'shell')
    vi.stubEnv('HC_TEST_EMPTY', '')
    vi.stubEnv('HC_TEST_NEW', undefined)

    expect(loadEnv(root)).toEqual(['HC_TEST_NEW'])
    expect(process.env['HC_TEST_SET']).toBe('shell')
    expect(process.env['HC_TEST_EMPTY']).toBe('')
    expect(process.env['HC_TEST_NEW']).toBe('file')
  })
})

describe('reloadEnv', () => {
  it('follows the files, and still leaves what the environment has set', () => {
    writeFileSync(join(root, '.env'), 'HC_TEST_GONE=one\nHC_TEST_OTHER=one\nHC_TEST_SET=file\n')
    vi.stubEnv('HC_TEST_GONE', undefined)
    vi.stubEnv('HC_TEST_OTHER', undefined)
    vi.stubEnv('HC_TEST_SET', 'shell')
    loadEnv(root)
    writeFileSync(join(root, '.env'), 'HC_TEST_OTHER=two\nHC_TEST_SET=again\n')
    reloadEnv(root)

    expect(process.env['HC_TEST_GONE']).toBeUndefined()
    expect(process.env['HC_TEST_OTHER']).toBe('two')
    expect(process.env['HC_TEST_SET']).toBe('shell')
  })
})
