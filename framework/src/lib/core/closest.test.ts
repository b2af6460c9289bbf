import { describe, expect, it } from 'vitest'
import { closest } from './closest.ts'

describe('closest', () => {
  it('finds what a slip of the fingers was meant to be', () => {
    const names = ['loader', 'action', 'actions', 'head', 'headers', 'ErrorView']

    expect(closest('laoder', names)).toBe('loader')
    expect(closest('lodr', names)).toBe('loader')
    expect(closest('acton', names)).toBe('action')
    expect(closest('errorview', names)).toBe('ErrorView')
    expect(closest('header', names)).toBe('headers')
  })

  it('finds nothing for a word of its own', () => {
    expect(closest('formatPrice', ['loader', 'action'])).toBeUndefined()
    expect(closest('db', ['int', 'uuid'])).toBeUndefined()
    expect(closest('', [])).toBeUndefined()
  })
})
