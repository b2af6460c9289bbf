import { describe, expect, it } from 'vitest'
import { HttpError, notFound, redirect, statusText } from './results.ts'

describe('HttpError', () => {
  it('carries a status, words, data and headers', () => {
    const error = new HttpError(429, 'Slow down.', { data: { wait: 5 }, headers: { 'retry-after': '5' } })
    expect(error).toMatchObject({ status: 429, message: 'Slow down.', data: { wait: 5 }, headers: { 'retry-after': '5' } })
    expect(new HttpError(404).message).toBe('Not Found')
    expect(statusText(499)).toBe('Error')
  })

  it('refuses a status that is no error', () => {
    for (const status of [200, 302, 399, 600, 404.5, NaN]) expect(() => new HttpError(status), String(status)).toThrow(RangeError)
  })
})

describe('redirect and notFound', () => {
  it('end what called them', () => {
    expect(() => redirect('/films', 301)).toThrow(expect.objectContaining({ location: '/films', status: 301 }))
    expect(() => notFound('No such film.')).toThrow(expect.objectContaining({ status: 404, message: 'No such film.' }))
  })
})
