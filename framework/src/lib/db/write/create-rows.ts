import type { SchemaMetadata } from '../../schema/types.ts'
import type { Delegate, Row } from '../client/delegates.ts'

type Args = Readonly<Record<string, unknown>>

/**
 * Creates rows and gives them back.
 *
 * MySQL gives nothing back of what it writes, so there each row is written by itself.
 *
 * @param options `skipDuplicates`
 * @param selection What is read of them
 */
export async function createRows(
  { provider }: SchemaMetadata,
  delegate: Delegate,
  rows: readonly Args[],
  options: { skipDuplicates?: unknown },
  selection: Args = {},
): Promise<Row[]> {
  if (provider !== 'mysql') return await delegate.createManyAndReturn({ data: rows, ...options, ...selection })
  const created: Row[] = []
  for (const data of rows) {
    try {
      created.push(await delegate.create({ data, ...selection }))
    } catch (error) {
      if (options.skipDuplicates !== true || !isDuplicate(error)) throw error
    }
  }
  return created
}

function isDuplicate(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'P2002'
}
