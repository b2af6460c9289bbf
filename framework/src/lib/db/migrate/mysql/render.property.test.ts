/** Whatever two schemas look like: what MySQL makes of the change from one to the other is what it makes of the second alone. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newDatabase } from '../../connection/_databases.ts'
import { openConnection, type Connection } from '../../connection/connection.ts'
import { readMysql } from '../../structure/mysql.ts'
import { structureOfSchema } from '../../structure/of-schema.ts'
import type { DatabaseStructure } from '../../structure/types.ts'
import { renderSchema, schemaSpec } from './_random-schema.ts'
import { renderMysql } from './render.ts'

const databases = [newDatabase('mysql'), newDatabase('mysql')]
let evolved: Connection
let fresh: Connection

beforeAll(async () => {
  evolved = await openConnection(databases[0]!.target)
  fresh = await openConnection(databases[1]!.target)
})
afterAll(async () => {
  await evolved.close()
  await fresh.close()
  for (const database of databases) await database.drop()
})

async function empty(connection: Connection): Promise<void> {
  const { tables } = await readMysql(connection)
  if (tables.length === 0) return
  await connection.exec(
    `SET foreign_key_checks = 0; DROP TABLE ${tables.map(({ name }) => connection.quote(name)).join(', ')}; SET foreign_key_checks = 1`,
  )
}

/** Without the order of columns, which a change cannot keep. */
function unordered(structure: DatabaseStructure): unknown {
  return {
    ...structure,
    tables: structure.tables.map((table) => ({ ...table, columns: table.columns.toSorted((a, b) => (a.name < b.name ? -1 : 1)) })),
  }
}

describe('renderMysql', () => {
  it('leads from any schema to any other, names included', async () => {
    await empty(evolved)
    await fc.assert(
      // Six in a row: what an earlier change leaves behind (indexes that MySQL makes by itself) must not show later.
      fc.asyncProperty(fc.array(schemaSpec, { minLength: 6, maxLength: 6 }), async (specs) => {
        await empty(evolved)
        let before = structureOfSchema(undefined, 'mysql')
        for (const text of specs.map(renderSchema)) {
          const after = structureOfSchema(text, 'mysql')
          const sql = renderMysql(before, after)
          try {
            if (sql !== '') await evolved.exec(sql)
          } catch (error) {
            throw new Error(`${String(error)}\n${renderMysql(structureOfSchema(undefined, 'mysql'), before)}\n=====\n${sql}`, {
              cause: error,
            })
          }
          await empty(fresh)
          await fresh.exec(renderMysql(structureOfSchema(undefined, 'mysql'), after))
          expect(unordered(await readMysql(evolved))).toEqual(unordered(await readMysql(fresh)))
          before = after
        }
        expect(renderMysql(before, before)).toBe('')
      }),
      { numRuns: 35 },
    )
  })
})
