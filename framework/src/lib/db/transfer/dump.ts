import type { Connection } from '../connection/types.ts'
import type { SchemaMetadata } from '../../schema/types.ts'
import { createHeader } from './format.ts'
import { planTransfer, type MovedLink, type Plan } from './plan.ts'
import type { Progress } from './progress.ts'
import { readRows, type Source } from './read-rows.ts'

export interface DumpOptions {
  /** Names of models, where not all are wanted. */
  models?: readonly string[]
  onProgress?: (progress: Progress) => void
}

const begin = {
  sqlite: 'BEGIN',
  postgresql: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
  mysql: 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY',
}

/**
 * Yields the lines of a file with every row of a database, as it was at one moment.
 *
 * @throws {HotclubError} `HC_MODEL` when a model is named that the schema does not have
 */
export async function* dumpLines(
  connection: Connection,
  schema: SchemaMetadata,
  { models, onProgress }: DumpOptions = {},
): AsyncGenerator<string> {
  const plan = planTransfer(schema, models)
  await connection.exec(begin[connection.provider])
  try {
    const counts = await countRows(connection, plan)
    yield JSON.stringify(createHeader(plan, counts))
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
    let done = 0
    for (const { name, section, source } of sections(plan)) {
      yield JSON.stringify(section)
      for await (const piece of readRows(connection, source)) {
        // One string a piece: streams cost more than rows.
        yield piece.map((row) => JSON.stringify(row)).join('\n')
        onProgress?.({ name, done: (done += piece.length), total })
      }
    }
  } finally {
    await connection.exec('ROLLBACK')
  }
}

function sections(plan: Plan): Array<{ name: string; section: object; source: Source }> {
  return [
    ...plan.models.map(({ model, fields, key }) => ({
      name: model.name,
      section: { model: model.name },
      source: { table: model.table, fields, key },
    })),
    ...plan.links.map((link) => ({ name: link.name, section: { link: link.name }, source: linkSource(link) })),
  ]
}

/** The columns of a link are called A and B, whatever the keys they hold are called. */
export function linkSource({ table, a, b }: MovedLink): Source {
  const fields = [
    { ...a.key[0]!, name: 'A', column: 'A' },
    { ...b.key[0]!, name: 'B', column: 'B' },
  ]
  return { table, fields, key: fields }
}

async function countRows(connection: Connection, plan: Plan): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for (const table of [...plan.models.map(({ model }) => model.table), ...plan.links.map((link) => link.table)]) {
    const [row] = await connection.rows<{ n: number }>(`SELECT count(*) AS n FROM ${connection.quote(table)}`)
    counts.set(table, row!.n)
  }
  return counts
}
