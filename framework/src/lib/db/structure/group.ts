/** Puts rows of the same key together, in the order of their first; each group holds at least one. */
export function group<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Array<readonly [Row, ...Row[]]> {
  const groups = new Map<string, [Row, ...Row[]]>()
  for (const row of rows) {
    const found = groups.get(keyOf(row))
    if (found) found.push(row)
    else groups.set(keyOf(row), [row])
  }
  return [...groups.values()]
}
