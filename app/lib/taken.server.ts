/** Whether a database refused a row because there is one like it: Prisma's error of a broken unique key. */
export function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'P2002'
}
