import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { HotclubError } from '../core/hotclub-error.ts'
import { formatError } from './print-error.ts'

const format = (error: unknown) => stripVTControlCharacters(formatError(error))

describe('formatError', () => {
  it("shows a developer's mistake by code, place, message and hint, without a stack", () => {
    const error = new HotclubError('HC_ROUTE_EXPORT', {
      where: 'app/routes/index.tsx',
      message: "'laoder' is not a route export.",
      hint: "Did you mean 'loader'?",
    })

    expect(format(error)).toBe(
      [
        'HC_ROUTE_EXPORT  app/routes/index.tsx',
        "  'laoder' is not a route export.",
        "  Hint: Did you mean 'loader'?",
        '  docs/errors.md#hc_route_export',
      ].join('\n'),
    )
  })

  it('shows the stack of any other error, and what led to it', () => {
    const text = format(new Error('outer', { cause: new TypeError('inner') }))

    expect(text).toMatch(/^Error: outer\n {4}at /)
    expect(text).toMatch(/\nCaused by: TypeError: inner\n {4}at /)
  })

  it('says so when something else was thrown', () => {
    expect(format('a string')).toBe('Something that is not an Error was thrown: a string')
  })
})
