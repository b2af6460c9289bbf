import { formatMoney } from '../lib/format.ts'

export interface BoxOfficeProps {
  budget: bigint | null
  usGross: bigint | null
  worldwideGross: bigint | null
  usDvdSales: bigint | null
}

/** What a film cost and earned, drawn to one scale. Nothing where nothing is known. */
export function BoxOffice({ budget, usGross, worldwideGross, usDvdSales }: BoxOfficeProps) {
  const rows = [
    { label: 'Production budget', value: budget },
    { label: 'US gross', value: usGross },
    { label: 'Worldwide gross', value: worldwideGross },
    { label: 'US DVD sales', value: usDvdSales },
  ].filter((row): row is { label: string; value: bigint } => row.value !== null)
  const longest = Math.max(...rows.map((row) => Number(row.value)), 1)
  if (rows.length === 0) return null
  return (
    <section className="box-office" aria-labelledby="box-office">
      <h2 id="box-office">Box office</h2>
      <table>
        <thead className="visually-hidden">
          <tr>
            <th scope="col">Item</th>
            <th scope="col">US dollars</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.label}>
              <th scope="row">
                {row.label}
                <svg
                  className={row.label === 'Production budget' ? 'bar bar-cost' : 'bar'}
                  viewBox="0 0 100 1"
                  preserveAspectRatio="none"
                  aria-hidden="true"
                >
                  <rect width={Math.max((100 * Number(row.value)) / longest, 0.4)} height="1" />
                </svg>
              </th>
              <td className="numeric">{formatMoney(row.value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
