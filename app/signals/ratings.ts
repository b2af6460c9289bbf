/** Keeps what members think of a film beside the film, so that lists need not count reviews. */
import type { Db } from 'hotclub'
import { on, type RowSignal } from 'hotclub/signals'

type Transaction = RowSignal<'review', 'created', 'after'>['db']

// In the transaction of the review: nobody sees the one without the other.
export const created = on('review', 'created', ({ row, db }) => rate(db, row.movieId), { when: 'after' })
export const deleted = on('review', 'deleted', ({ row, db }) => rate(db, row.movieId), { when: 'after' })
export const updated = on(
  'review',
  'updated',
  async ({ row, before, changed, db }) => {
    if (!changed.some((column) => column === 'stars' || column === 'status' || column === 'movieId')) return
    for (const id of new Set([before.movieId, row.movieId])) await rate(db, id)
  },
  { when: 'after' },
)

/** Counts the published reviews of a film, and takes the average of their stars. */
async function rate(db: Db | Transaction, id: number): Promise<void> {
  const { _count, _avg } = await db.review.aggregate({
    where: { movieId: id, status: 'PUBLISHED' },
    _count: { _all: true },
    _avg: { stars: true },
  })
  // Not `update`: a review that goes along with its film has none any more.
  await db.movie.updateMany({ where: { id }, data: { reviewCount: _count._all, averageStars: _avg.stars } })
}
