import { describe, expect, it } from 'vitest'
import { HttpError } from '../core/results.ts'
import type { PageError } from '../view/page-error.ts'
import { guardPromises } from './guard.ts'

const reported: unknown[] = []
const options = { timeout: 10_000, requestId: 'r1', report: (error: unknown) => reported.push(error) }

describe('guardPromises', () => {
  it('copies data that leads back to itself', async () => {
    interface Node {
      self?: Node
      list: unknown[]
      late: Promise<number>
    }
    const data: Node = { list: [], late: Promise.resolve(1) }
    data.self = data
    data.list.push(data)

    const guarded = guardPromises(data, options) as Node

    expect(guarded).not.toBe(data)
    expect(guarded.self).toBe(guarded)
    expect(guarded.list[0]).toBe(guarded)
    await expect(guarded.late).resolves.toBe(1)
  })

  it('rejects with what a visitor may see, and reports the rest', async () => {
    const failure = new Error('secret')
    const { refused, broken } = guardPromises(
      { refused: Promise.reject(new HttpError(403, 'Not for you')), broken: Promise.reject(failure) },
      options,
    ) as Record<'refused' | 'broken', Promise<never>>

    const views = await Promise.all([refused, broken].map((promise) => promise.catch((error: unknown) => (error as PageError).view)))

    expect(views).toEqual([
      { status: 403, message: 'Not for you', id: 'r1' },
      { status: 500, message: 'Internal Server Error', id: 'r1' },
    ])
    expect(reported).toEqual([failure])
  })
})
