/** For tests of clients: a random schema with its generated client and database. */
import fc from 'fast-check'
import { createTestDatabase } from './_test-databases.ts'
import { openConnection, type Connection } from './connection/connection.ts'
import { parseDatabaseUrl } from './database-url.ts'
import type { ModelMetadata, SchemaMetadata } from '../schema/types.ts'

export type Value = number | string | boolean | null
export type Row = Record<string, Value> & { id: number }

/** What a database holds: rows by model, and pairs of ids by many-to-many relation (the side that was written first stands first). */
export interface World {
  rows: Record<string, Row[]>
  links: Record<string, [number, number][]>
}

interface RelationSpec {
  kind: 'many-to-one' | 'one-to-one' | 'many-to-many'
  from: number
  to: number
  isRequired: boolean
}

export interface SchemaSpec {
  /** The types of the columns of each model. */
  models: { type: 'Int' | 'String' | 'Boolean'; isRequired: boolean }[][]
  relations: RelationSpec[]
}

const column = fc.record({ type: fc.constantFrom('Int' as const, 'String' as const, 'Boolean' as const), isRequired: fc.boolean() })

/** Two to four models with two or three columns, and as many relations as models or a few more, also of a model with itself. */
export const schemaSpec: fc.Arbitrary<SchemaSpec> = fc.integer({ min: 2, max: 4 }).chain((count) =>
  fc.record({
    models: fc.array(fc.array(column, { minLength: 2, maxLength: 3 }), { minLength: count, maxLength: count }),
    relations: fc.array(
      fc.record({
        kind: fc.constantFrom('many-to-one' as const, 'many-to-one' as const, 'one-to-one' as const, 'many-to-many' as const),
        from: fc.nat(count - 1),
        to: fc.nat(count - 1),
        isRequired: fc.boolean(),
      }),
      { minLength: count, maxLength: count + 3 },
    ),
  }),
)

const modelName = (index: number): string => `Model${index}`

/** The schema as Prisma reads it: relation 0 from model 1 is `to0` there, with the key `to0Id`, and `from0` at the other end. */
function schemaOf({ models, relations }: SchemaSpec): string {
  return models
    .map((columns, index) => {
      const lines = ['id Int @id', ...columns.map(({ type, isRequired }, at) => `c${at} ${type}${isRequired ? '' : '?'}`)]
      relations.forEach(({ kind, from, to, isRequired }, at) => {
        // A row that needs another of its model could not be the first.
        const mark = isRequired && from !== to ? '' : '?'
        if (from === index && kind === 'many-to-many') lines.push(`to${at} ${modelName(to)}[] @relation("R${at}")`)
        else if (from === index)
          lines.push(
            `to${at}Id Int${mark}${kind === 'one-to-one' ? ' @unique' : ''}`,
            `to${at} ${modelName(to)}${mark} @relation("R${at}", fields: [to${at}Id], references: [id], onDelete: ${mark ? 'SetNull' : 'Cascade'})`,
          )
        if (to === index) lines.push(`from${at} ${modelName(from)}${kind === 'one-to-one' ? '?' : '[]'} @relation("R${at}")`)
      })
      return `model ${modelName(index)} {\n  ${lines.join('\n  ')}\n}`
    })
    .join('\n')
}

/** Any rows that the schema allows, a few of each model. */
export function worldOf({ models, relations }: SchemaSpec): fc.Arbitrary<World> {
  const values = { Int: fc.nat(2), String: fc.constantFrom('a', 'b', 'ab'), Boolean: fc.boolean() }
  const counts = fc.array(fc.nat(5), { minLength: models.length, maxLength: models.length })
  return counts.chain((sizes) => {
    const id = (model: number) => (sizes[model] === 0 ? fc.constant(null) : fc.integer({ min: 1, max: sizes[model]! }))
    const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 3 })
    const row = (index: number) =>
      fc.record(
        Object.fromEntries([
          ...models[index]!.map(({ type, isRequired }, at) => [`c${at}`, isRequired ? values[type] : maybe<Value>(values[type])] as const),
          ...relations.flatMap(({ kind, from, to, isRequired }, at) =>
            from === index && kind !== 'many-to-many' ? [[`to${at}Id`, isRequired && from !== to ? id(to) : maybe(id(to))] as const] : [],
          ),
        ]),
      )
    return fc
      .record({
        rows: fc.tuple(...models.map((_, index) => fc.array(row(index), { minLength: sizes[index]!, maxLength: sizes[index]! }))),
        links: fc.tuple(
          ...relations.map(({ kind, from, to }) =>
            kind === 'many-to-many' && sizes[from]! > 0 && sizes[to]! > 0
              ? fc.uniqueArray(fc.tuple(id(from), id(to)), { maxLength: 6, selector: String })
              : fc.constant([]),
          ),
        ),
      })
      .map(({ rows, links }) => tidy({ models, relations }, rows as Row[][], links as [number, number][][]))
  })
}

/** Numbers the rows, and leaves out those whose keys lead nowhere or are taken. */
function tidy({ relations }: SchemaSpec, given: Row[][], links: [number, number][][]): World {
  let rows = given.map((list) => list.map((row, index) => ({ ...row, id: index + 1 }) as Row))
  for (let before = -1, now = 0; before !== now; before = now, now = rows.flat().length)
    rows = rows.map((list, model) =>
      list.filter((row, place) =>
        relations.every(({ kind, from, to, isRequired }, at) => {
          if (from !== model || kind === 'many-to-many') return true
          const key = `to${at}Id`
          if (row[key] !== null && !rows[to]!.some(({ id }) => id === row[key])) row[key] = null
          if (row[key] === null) return !isRequired || from === to
          return kind === 'many-to-one' || !list.slice(0, place).some((other) => other[key] === row[key])
        }),
      ),
    )
  const has = (model: number, id: number) => rows[model]!.some((row) => row.id === id)
  return {
    rows: Object.fromEntries(rows.map((list, index) => [modelName(index), list])),
    links: Object.fromEntries(
      relations.map(({ from, to }, at) => [`R${at}`, links[at]!.filter(([one, other]) => has(from, one) && has(to, other))]),
    ),
  }
}

export interface Lab {
  spec: SchemaSpec
  schema: SchemaMetadata
  /** The generated client, untyped. */
  db: any
  /** Makes the database hold a world and nothing else. */
  fill(world: World): Promise<void>
  /** Everything that the database holds. */
  read(): Promise<World>
  close(): Promise<void>
}

/** Generates the client of a schema, which takes two seconds, and makes its database. */
export async function openLab(spec: SchemaSpec): Promise<Lab> {
  const database = await createTestDatabase<any>(schemaOf(spec))
  const { metadata } = database
  const connection = await openConnection(parseDatabaseUrl(database.url, database.root))
  const { quote } = connection
  await ignoreKeys(connection)
  const models = Object.values(metadata.models)
  const pairs = spec.relations.flatMap(({ kind, from, to }, at) => (kind === 'many-to-many' ? [{ name: `R${at}`, from, to }] : []))
  // Prisma calls the model that comes first in the alphabet A; of a model with itself, the field.
  const isSwapped = ({ from, to }: { from: number; to: number }): boolean => from >= to
  const sql = (value: Value): string => (value === null ? 'NULL' : typeof value === 'string' ? `'${value}'` : String(value))
  return {
    spec,
    schema: metadata,
    db: database.open(),
    async fill({ rows, links }) {
      const insert = (table: string, columns: string[], values: Value[][]): string[] =>
        values.length === 0
          ? []
          : [`INSERT INTO ${quote(table)} (${columns.map(quote).join()}) VALUES ${values.map((row) => `(${row.map(sql).join()})`).join()}`]
      const statements = [
        ...models.map(({ name }) => `DELETE FROM ${quote(name)}`),
        ...pairs.map(({ name }) => `DELETE FROM ${quote(`_${name}`)}`),
        ...models.flatMap((model) =>
          insert(
            model.name,
            columnsOf(model),
            rows[model.name]!.map((row) => columnsOf(model).map((name) => row[name]!)),
          ),
        ),
        ...pairs.flatMap((pair) => insert(`_${pair.name}`, isSwapped(pair) ? ['B', 'A'] : ['A', 'B'], links[pair.name]!)),
      ]
      await connection.transaction(() => connection.exec(statements.join(';')))
    },
    async read() {
      const world: World = { rows: {}, links: {} }
      for (const model of models) {
        const found = await connection.rows<Row>(`SELECT * FROM ${quote(model.name)} ORDER BY id`)
        world.rows[model.name] = found.map(
          (row) => Object.fromEntries(columnsOf(model).map((name) => [name, valueOf(model, row, name)])) as Row,
        )
      }
      for (const at of spec.relations.keys()) {
        const pair = pairs.find(({ name }) => name === `R${at}`)
        const [A, B] = [quote('A'), quote('B')]
        const found = pair
          ? await connection.rows<{ A: number; B: number }>(`SELECT ${A}, ${B} FROM ${quote(`_${pair.name}`)} ORDER BY ${A}, ${B}`)
          : []
        world.links[`R${at}`] = found.map(({ A, B }): [number, number] => (pair && isSwapped(pair) ? [B, A] : [A, B]))
      }
      return world
    },
    async close() {
      await connection.close()
      await database.remove()
    },
  }
}

/** Rows are put in and taken out in any order here. */
async function ignoreKeys({ provider, exec }: Connection): Promise<void> {
  if (provider === 'postgresql') await exec("SET session_replication_role = 'replica'")
  if (provider === 'mysql') await exec('SET foreign_key_checks = 0')
}

/** SQLite and MySQL keep numbers for what is true or false. */
function valueOf(model: ModelMetadata, row: Row, name: string): Value {
  const value = row[name]!
  return value !== null && model.fields.find((field) => field.name === name)!.type === 'Boolean' ? Boolean(value) : value
}

/** The names of a model's columns. */
export function columnsOf(model: ModelMetadata): string[] {
  return model.fields.filter((field) => field.kind !== 'relation').map((field) => field.name)
}
