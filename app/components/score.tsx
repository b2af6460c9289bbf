import { formatScore } from '../lib/format.ts'

/** The IMDb rating of a film; nothing where there is none. */
export function Score({ value, size = 'small' }: { value: number | null; size?: 'small' | 'large' }) {
  if (value === null) return null
  return (
    <span className={`score score-${size}`}>
      <span className="visually-hidden">Rated </span>
      {formatScore(value)}
      <span className="visually-hidden"> of 10</span>
    </span>
  )
}
