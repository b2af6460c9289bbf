import { describe, expect, it } from 'vitest'
import { shownPages } from './pagination.tsx'

describe('shownPages', () => {
  it('shows every page of a short list', () => {
    expect(shownPages(2, 4)).toEqual([1, 2, 3, 4])
  })

  it('shows the ends and two to each side of the current page, with gaps between', () => {
    expect(shownPages(50, 134)).toEqual([1, 'gap-48', 48, 49, 50, 51, 52, 'gap-134', 134])
  })

  it('leaves no gap where the neighbours reach the end', () => {
    expect(shownPages(1, 5)).toEqual([1, 2, 3, 'gap-5', 5])
    expect(shownPages(134, 134)).toEqual([1, 'gap-132', 132, 133, 134])
  })
})
