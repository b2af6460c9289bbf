import { Link } from 'hotclub/client'
import { formatCount } from '../lib/format.ts'

/** The films of each decade as bars, and a way to them. */
export function DecadeChart({ decades }: { decades: Array<{ decade: number; films: number }> }) {
  const most = Math.max(...decades.map((entry) => entry.films), 1)
  return (
    <ol className="decade-chart">
      {decades.map(({ decade, films }) => (
        <li key={decade}>
          <Link to="/films/decades/[decade=decade]" params={{ decade }}>
            <svg viewBox="0 0 10 100" preserveAspectRatio="none" aria-hidden="true">
              <rect y={100 - Math.max((100 * films) / most, 1.5)} width="10" height="100" />
            </svg>
            <span className="decade-name">{decade}s</span>
            <span className="muted numeric">
              {formatCount(films)} <span className="visually-hidden">films</span>
            </span>
          </Link>
        </li>
      ))}
    </ol>
  )
}
