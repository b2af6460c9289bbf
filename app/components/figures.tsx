/** A few numbers side by side, each with what it counts. */
export function Figures({ figures }: { figures: Array<{ label: string; value: string | null }> }) {
  const known = figures.filter((figure) => figure.value !== null)
  return (
    <dl className="figures">
      {known.map((figure) => (
        <div key={figure.label}>
          <dt>{figure.label}</dt>
          <dd className="numeric">{figure.value}</dd>
        </div>
      ))}
    </dl>
  )
}
