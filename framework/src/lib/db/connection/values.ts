/** Turns the `bigint`s of a row that a number can hold into numbers, in place. */
export function withPlainIntegers<Row extends object>(row: Row): Row {
  const values = row as Record<string, unknown>
  for (const name in values) {
    const value = values[name]
    if (typeof value === 'bigint') values[name] = plainInteger(value)
  }
  return row
}

/** An integer as a number, where a number can hold it. */
export function plainInteger(value: bigint): number | bigint {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}
