/** The datasource of a schema up to the value of its `provider`, comments and other settings between. */
const datasource = /^(\s*datasource\s+\w+\s*\{[^}]*?^\s*provider\s*=\s*)"[^"]*"/m

/**
 * A schema as it is for another kind of database: its `provider` follows `DATABASE_URL`, so that an app moves by that alone.
 *
 * @param text A whole Prisma schema; without a datasource it stays as it is
 */
export function withProvider(text: string, provider: string): string {
  return text.replace(datasource, (_, before: string) => `${before}"${provider}"`)
}
