/** Whether a table belongs to Hotclub or Prisma, not to the app's schema. */
export function isInternal(table: string): boolean {
  return table === '_prisma_migrations' || table.startsWith('_hotclub_')
}
