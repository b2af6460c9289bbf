import { Link } from 'hotclub/client'
import type { ReactNode } from 'react'
import { titleOf } from '../lib/films.ts'
import { formatDate, isoDate } from '../lib/format.ts'
import { authorOf } from '../lib/members.ts'

/** The columns a review shows; loaders select exactly these. */
export const reviewSelect = {
  id: true,
  author: true,
  user: { select: { name: true } },
  stars: true,
  body: true,
  createdAt: true,
} as const

/** A review as `reviewSelect` reads it. */
export interface ReviewData {
  id: number
  author: string | null
  user: { name: string } | null
  stars: number
  body: string
  createdAt: Date
}

export interface ReviewProps {
  review: ReviewData
  /** Named where the review does not stand on the film's own page. */
  film?: { slug: string; title: string | null }
  /** What can be done with it. */
  children?: ReactNode
}

export function Review({ review, film, children }: ReviewProps) {
  return (
    <article className="review">
      <header>
        <Stars value={review.stars} />
        <h3>
          {film ? (
            <Link to="/films/[slug]" params={{ slug: film.slug }}>
              {titleOf(film)}
            </Link>
          ) : (
            authorOf(review)
          )}
        </h3>
        <p className="review-facts muted">
          {film && <>{authorOf(review)}, </>}
          <time dateTime={isoDate(review.createdAt)}>{formatDate(review.createdAt)}</time>
        </p>
      </header>
      <p className="review-body">{review.body}</p>
      {children && <footer className="review-actions">{children}</footer>}
    </article>
  )
}

/** Stars out of ten, as a bar of ten marks. */
function Stars({ value }: { value: number }) {
  return (
    <p className="stars">
      <svg viewBox="0 0 100 10" aria-hidden="true">
        <path className="stars-off" d="M0 5h100" />
        <path className="stars-on" d={`M0 5h${value * 10}`} />
      </svg>
      <span>
        {value}
        <span className="visually-hidden"> of 10 stars</span>
      </span>
    </p>
  )
}
