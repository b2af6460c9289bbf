/** Writes a decimal in one way only: `1.50`, `15e-1` and `1.5` are `1.5`. */
export function canonicalDecimal(text: string): string {
  const found = /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text.replaceAll(/[$,]/g, '').trim())
  if (!found) return text
  const [, sign, whole = '', fraction = '', exponent = '0'] = found
  const digits = whole + fraction
  const point = whole.length + Number(exponent)
  const before = digits.slice(0, Math.max(0, point)).padEnd(Math.max(0, point), '0').replace(/^0+/, '') || '0'
  const after = ('0'.repeat(Math.max(0, -point)) + digits.slice(Math.max(0, point))).replace(/0+$/, '')
  const isZero = before === '0' && after === ''
  return `${sign === '-' && !isZero ? '-' : ''}${before}${after && `.${after}`}`
}
