import { formatDate, isoDate } from '../lib/format.ts'

export interface ReviewData {
  id: number
  author: string
  stars: number
  body: string
  createdAt: Date
}

export function Review({ review }: { review: ReviewData }) {
  return (
    <article className="review">
      <header>
        <Stars value={review.stars} />
        <h3>{review.author}</h3>
        <time className="muted" dateTime={isoDate(review.createdAt)}>
          {formatDate(review.createdAt)}
        </time>
      </header>
      <p className="review-body">{review.body}</p>
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
