/** Types of integers, each with those that hold all its values. */
const widths = ['TINYINT', 'SMALLINT', 'MEDIUMINT', 'INTEGER', 'BIGINT']

/** Types of text without a bound worth the name. */
const isText = (type: string): boolean => ['TEXT', 'LONGTEXT', 'CITEXT'].includes(type)

/**
 * Whether a change of a column's type keeps every value. Types are as migrations write them, of one kind of database.
 */
export function isLossless(from: string, to: string): boolean {
  const [a, b] = [widths.indexOf(from), widths.indexOf(to)]
  if (a !== -1 && b !== -1) return a <= b
  // SQLite's text takes what it is given; the servers write any value as text.
  if (isText(to)) return true
  if (a !== -1 && a <= widths.indexOf('INTEGER') && /^(REAL|DOUBLE|DOUBLE PRECISION)$/.test(to)) return true
  if (a !== -1 && (to === 'DECIMAL' || to === 'DECIMAL(65,30)')) return true
  const [short, long] = [from, to].map((type) => Number(/^VARCHAR\((\d+)\)$/.exec(type)?.[1] ?? Number.NaN))
  return short! <= long!
}
