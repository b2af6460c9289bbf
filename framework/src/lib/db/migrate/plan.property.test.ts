/**
 * Whatever two schemas look like: the plan from one to the other makes of a database with rows the same structure that the
 * second makes of an empty one, and every value of a column that stays is still there.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { schemaText } from '../_test-project.ts'
import { openSqlite } from '../connection/sqlite.ts'
import type { Connection } from '../connection/types.ts'
import { compareStructures } from '../structure/compare.ts'
import { readStructure } from '../structure/read.ts'
import type { DatabaseStructure, TableStructure } from '../structure/types.ts'
import { diffSchemas } from './diff.ts'
import { planChange } from './plan.ts'
import { readScript, runScript } from './run-script.ts'
import { tryOnSqlite } from './trial.ts'

const types = { Int: '7', BigInt: '7', String: '"x"', Boolean: 'true', Float: '1.5', Decimal: '2.5', DateTime: 'now()' }
type Type = keyof typeof types

interface FieldSpec {
  name: string
  type: Type
  /** Required fields carry a default, or rows could not be kept. */
  required: boolean
  unique: boolean
  mapped: boolean
}
interface ModelSpec {
  name: string
  fields: FieldSpec[]
  parent: string | undefined
  cascades: boolean
  tags: boolean
  index: boolean
}

const field = (name: string): fc.Arbitrary<FieldSpec> =>
  fc.record({
    name: fc.constant(name),
    type: fc.constantFrom(...(Object.keys(types) as Type[])),
    required: fc.boolean(),
    unique: fc.boolean(),
    mapped: fc.boolean(),
  })
const model = (name: string): fc.Arbitrary<ModelSpec> =>
  fc.record({
    name: fc.constant(name),
    fields: fc.subarray(['a', 'b', 'c', 'd']).chain((names) => fc.tuple(...names.map(field))),
    // The key's name says which: rows cannot keep a key that is to mean another table.
    parent: fc.option(fc.constantFrom('M1', 'M2', 'M3'), { nil: undefined }),
    cascades: fc.boolean(),
    tags: fc.boolean(),
    index: fc.boolean(),
  })
const schema = fc.subarray(['M1', 'M2', 'M3'], { minLength: 1 }).chain((names) => fc.tuple(...names.map(model)))

function render(models: ModelSpec[]): string {
  const names = models.map((spec) => spec.name)
  const parentOf = (spec: ModelSpec): string | undefined =>
    spec.parent !== undefined && names.includes(spec.parent) ? spec.parent : undefined
  const blocks = models.map((spec) => {
    const parent = parentOf(spec)
    const lines = [
      'id Int @id @default(autoincrement())',
      ...spec.fields.map(({ name, type, required, unique, mapped }) =>
        [
          name,
          required ? type : `${type}?`,
          required ? `@default(${types[type]})` : '',
          unique && !required ? '@unique' : '',
          mapped ? `@map("${name}_col")` : '',
        ].join(' '),
      ),
      ...(parent
        ? [
            `parent ${parent}? @relation("p${spec.name}", fields: [in${parent}], references: [id], onDelete: ${spec.cascades ? 'Cascade' : 'SetNull'})`,
            `in${parent} Int?`,
          ]
        : []),
      ...models
        .filter((other) => parentOf(other) === spec.name)
        .map((other) => `kids${other.name} ${other.name}[] @relation("p${other.name}")`),
      ...(spec.tags ? ['tags Tag[]'] : []),
      ...(spec.index && spec.fields.length > 0 ? [`@@index([${spec.fields.map((each) => each.name).join(', ')}])`] : []),
    ]
    return `model ${spec.name} {\n  ${lines.join('\n  ')}\n}`
  })
  const tags = models.filter((spec) => spec.tags).map((spec) => `of${spec.name} ${spec.name}[]`)
  return schemaText([...blocks, `model Tag {\n  id Int @id\n  ${tags.join('\n  ')}\n}`].join('\n'))
}

/** Three rows in every table, each the child of the one before where there is a parent. */
async function fill(connection: Connection): Promise<void> {
  const { tables } = await readStructure(connection)
  for (const table of tables)
    for (const id of [1, 2, 3]) {
      const values = table.columns.map((column) => {
        if (['id', 'A', 'B'].includes(column.name) || column.name.startsWith('in')) return String(id)
        return column.type === 'text' ? `'text ${id}'` : column.type === 'datetime' ? `'2020-01-0${id}T00:00:00.000+00:00'` : String(id)
      })
      const names = table.columns.map((column) => connection.quote(column.name))
      await connection.exec(`INSERT INTO ${connection.quote(table.name)} (${names.join(', ')}) VALUES (${values.join(', ')})`)
    }
}

/** The values of each column that both structures have with one type, by table and column. */
async function values(connection: Connection, columns: [table: string, column: string][]): Promise<unknown[]> {
  const found: unknown[] = []
  for (const [table, column] of columns)
    found.push([
      table,
      column,
      await connection.rows(`SELECT ${connection.quote(column)} AS v FROM ${connection.quote(table)} ORDER BY rowid`),
    ])
  return found
}

/** A database in memory that a schema was made in, with rows. */
async function filled(schema: string): Promise<Connection> {
  const connection = (await openSqlite(':memory:', true))!
  await connection.exec(await diffSchemas(undefined, schema, 'sqlite'))
  await fill(connection)
  return connection
}

async function run(connection: Connection, sql: string): Promise<void> {
  await connection.transaction(() => runScript(connection, readScript(sql, 'plan', connection)))
}

const structureOf = async (schema: string): Promise<DatabaseStructure> =>
  await tryOnSqlite([await diffSchemas(undefined, schema, 'sqlite')])

const tableOf = ({ tables }: DatabaseStructure, name: string): TableStructure | undefined => tables.find((table) => table.name === name)

describe('planChange', () => {
  it('leads any database with rows to the wanted structure and keeps what stays', async () => {
    await fc.assert(
      fc.asyncProperty(schema, schema, async (from, to) => {
        const [before, after] = [render(from), render(to)]
        const plan = await planChange(before, after, 'sqlite')
        await using connection = await filled(before)
        const old = await readStructure(connection)
        const wanted = await structureOf(after)
        const kept = old.tables.flatMap((table) =>
          table.columns
            .filter((column) =>
              tableOf(wanted, table.name)?.columns.some((other) => other.name === column.name && other.type === column.type),
            )
            .map((column): [string, string] => [table.name, column.name]),
        )
        const expected = await values(connection, kept)

        await run(connection, plan.sql)

        expect(compareStructures(await readStructure(connection), wanted)).toEqual([])
        expect(await values(connection, kept)).toEqual(expected)
        const lost = old.tables.flatMap((table) => {
          const next = tableOf(wanted, table.name)
          return next
            ? table.columns
                .filter((column) => !next.columns.some((other) => other.name === column.name))
                .map((column) => `${table.name}.${column.name}`)
            : [table.name]
        })
        const named = plan.hazards.flatMap((hazard) =>
          hazard.kind === 'drop-table' ? [hazard.table] : hazard.kind === 'drop-column' ? [`${hazard.table}.${hazard.column}`] : [],
        )
        expect(named.toSorted()).toEqual(lost.toSorted())
      }),
      { numRuns: 60 },
    )
  })

  it('renames a column beside other changes of its table, and loses none of its values', async () => {
    await fc.assert(
      fc.asyncProperty(model('M1'), model('M1'), fc.constantFrom('a', 'b', 'c', 'd'), fc.boolean(), async (spec, other, name, unique) => {
        const from = { ...spec, parent: undefined }
        const field = from.fields.find((each) => each.name === name)
        fc.pre(field !== undefined)
        const renamed = { ...field, name: 'zz', mapped: false, unique }
        const to = { ...other, parent: undefined, tags: from.tags, fields: [...other.fields.filter((each) => each.name !== name), renamed] }
        const column = field.mapped ? `${name}_col` : name
        const plan = await planChange(render([from]), render([to]), 'sqlite', (rename) => rename.column === column && rename.to === 'zz')
        await using connection = await filled(render([from]))
        const before = await values(connection, [['M1', column]])
        await run(connection, plan.sql)
        expect(plan.renames).toEqual([{ table: 'M1', column, to: 'zz' }])
        expect(JSON.stringify(await values(connection, [['M1', 'zz']]))).toEqual(
          JSON.stringify(before).replace(`"M1","${column}"`, '"M1","zz"'),
        )
        expect(compareStructures(await readStructure(connection), await structureOf(render([to])))).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  it('renames a model with its rows, and the tables between it and others', async () => {
    await fc.assert(
      fc.asyncProperty(model('M1'), model('M2'), fc.constantFrom('Aaa', 'Zzz'), fc.boolean(), async (spec, other, name, index) => {
        const models = [
          { ...spec, parent: undefined },
          { ...other, parent: 'M1' },
        ]
        const to = [
          { ...models[0]!, name, index },
          { ...models[1]!, parent: name },
        ]
        // The key's name follows the parent's in these specs; here it is the same column.
        const text = render(to).replaceAll(`in${name}`, 'inM1')
        const plan = await planChange(render(models), text, 'sqlite', () => true)
        await using connection = await filled(render(models))
        const rows = async (): Promise<number> => {
          let sum = 0
          for (const { name: table } of (await readStructure(connection)).tables)
            sum += (await connection.rows(`SELECT 1 FROM ${connection.quote(table)}`)).length
          return sum
        }
        const before = await rows()
        await run(connection, plan.sql)
        expect(plan.hazards.filter((hazard) => hazard.kind !== 'add-unique')).toEqual([])
        expect(await rows()).toEqual(before)
        expect(compareStructures(await readStructure(connection), await structureOf(text))).toEqual([])
      }),
      { numRuns: 40 },
    )
  })
})
