/** Whether a value is a `Decimal`: by shape, because Prisma's decimal.js and an app's own are different copies of one class. */
export function isDecimal(value: unknown): value is { toString(): string } {
  return typeof value === 'object' && value !== null && Object.prototype.toString.call(value) === '[object Decimal]'
}
