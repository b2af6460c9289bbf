import { describe, expect, it } from 'vitest'
import vectors from '../../../test/vectors/upload_filenames.json' with { type: 'json' }
import { safeFilename } from './safe-filename.ts'

interface Vector {
  fn: string
  args: string[]
  expected?: string | null
  raises?: string
}

const cases = vectors.cases as Vector[]
const of = (fn: string): Vector[] => cases.filter((item) => item.fn === fn)
const isPlainName = (name: string | undefined): boolean => name === undefined || !/[/\\\p{Cc}]|^\.{0,2}$/u.test(name)

const isShort = ({ expected }: Vector): boolean => (expected?.length ?? 0) <= 255
const sanitized = of('sanitize_file_name')
const uploaded = of('UploadedFile.name')
// Django takes only the system's own separator here; a backslash or a reference ends the folder for us too.
const sameThere = uploaded.filter(({ expected }) => expected !== undefined && !/[\\&]/.test(expected!))
const strictHere = uploaded.filter((item) => item.expected !== undefined && !sameThere.includes(item))

describe('safeFilename', () => {
  it.each(sanitized.filter(isShort))('takes $args as Django does', ({ args, expected }) => {
    expect(safeFilename(args[0]!)).toBe(expected ?? undefined)
  })

  // Django leaves the length to the object around the name; here one function does both.
  it.each(sanitized.filter((item) => !isShort(item)))('cuts a name that is too long', ({ args }) => {
    expect(safeFilename(args[0]!)).toHaveLength(255)
  })

  it.each(uploaded.filter(({ raises }) => raises !== undefined))('refuses $args as Django does', ({ args }) => {
    expect(safeFilename(args[0]!)).toBeUndefined()
  })

  it.each(sameThere)('names an upload $args as Django does', ({ args, expected }) => {
    expect(safeFilename(args[0]!)).toBe(expected)
  })

  it.each(strictHere)('is stricter than Django with $args', ({ args }) => {
    expect(isPlainName(safeFilename(args[0]!))).toBe(true)
  })

  it.each([...of('validate_file_name'), ...of('get_valid_filename')])('leaves nothing of $args that a storage must refuse', ({ args }) => {
    expect(isPlainName(safeFilename(args[0]!))).toBe(true)
  })

  it('keeps the ending of a name that is too long, and never half a character', () => {
    expect(safeFilename(`${'a'.repeat(300)}.txt`)).toBe(`${'a'.repeat(251)}.txt`)
    expect(safeFilename('😀'.repeat(200))!.isWellFormed()).toBe(true)
  })
})
