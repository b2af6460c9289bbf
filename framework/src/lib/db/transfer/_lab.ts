/** For tests: random schemas, their tables in every database, and rows for them as a file has them. */
import fc from 'fast-check'
import type { ModelMetadata, RelationField, ScalarType, SchemaMetadata } from '../../schema/types.ts'
import type { Connection } from '../connection/types.ts'
import type { Provider } from '../database-url.ts'
import type { FileValue } from './values.ts'
import { columnsOf, planTransfer, referencesOf, type ColumnField, type Plan } from './plan.ts'

export interface Sample {
  schema: SchemaMetadata
  /** The lines of a file, without the header. */
  rows: Map<string, FileValue[][]>
}

type ColumnKind = ScalarType | 'Mood'

const sqlTypes: Readonly<Record<Provider, Readonly<Record<ColumnKind, string>>>> = {
  sqlite: {
    String: 'TEXT',
    Boolean: 'BOOLEAN',
    Int: 'INTEGER',
    BigInt: 'BIGINT',
    Float: 'REAL',
    Decimal: 'DECIMAL',
    DateTime: 'DATETIME',
    Json: 'JSONB',
    Bytes: 'BLOB',
    Mood: 'TEXT',
  },
  postgresql: {
    String: 'TEXT',
    Boolean: 'BOOLEAN',
    Int: 'INTEGER',
    BigInt: 'BIGINT',
    Float: 'DOUBLE PRECISION',
    Decimal: 'DECIMAL(65,30)',
    DateTime: 'TIMESTAMP(3)',
    Json: 'JSONB',
    Bytes: 'BYTEA',
    Mood: '"Mood"',
  },
  mysql: {
    String: 'LONGTEXT',
    Boolean: 'BOOLEAN',
    Int: 'INTEGER',
    BigInt: 'BIGINT',
    Float: 'DOUBLE',
    Decimal: 'DECIMAL(65,30)',
    DateTime: 'DATETIME(3)',
    Json: 'JSON',
    Bytes: 'LONGBLOB',
    Mood: "ENUM('glad','so-so')",
  },
}

function column(name: string, type: ColumnKind, isRequired: boolean, more: Partial<ColumnField> = {}): ColumnField {
  return {
    ...(type === 'Mood' ? { kind: 'enum' as const } : { kind: 'scalar' as const }),
    name,
    column: `the ${name}`,
    type,
    label: name,
    documentation: { text: '', annotations: {} },
    isRequired,
    isList: false,
    isId: false,
    isUnique: false,
    isUpdatedAt: false,
    isForeignKey: false,
    ...more,
  } as ColumnField
}

function relation(name: string, type: string, cardinality: string, fields: string[], references: string[], of: string): RelationField {
  return {
    kind: 'relation',
    name,
    type,
    label: name,
    documentation: { text: '', annotations: {} },
    isRequired: false,
    isList: cardinality.endsWith('many'),
    relation: { name: of, cardinality: cardinality as RelationField['relation']['cardinality'], backField: '', fields, references },
  }
}

const kinds: ColumnKind[] = ['String', 'Boolean', 'Int', 'BigInt', 'Float', 'Decimal', 'DateTime', 'Json', 'Bytes', 'Mood']

/** How the key of a model is made. */
const keyKind = fc.constantFrom('counted', 'big', 'text', 'pair')

const modelSpec = fc.record({
  key: keyKind,
  columns: fc.array(fc.record({ type: fc.constantFrom(...kinds), isRequired: fc.boolean() }), { maxLength: 5 }),
  /** To which models it refers, and whether it has to: then only to those before. */
  references: fc.array(fc.record({ to: fc.nat(3), isRequired: fc.boolean() }), { maxLength: 2 }),
  rows: fc.nat(5),
})

const withoutZero = (text: string): boolean => !text.includes('\0')

const values: Readonly<Record<ColumnKind, fc.Arbitrary<FileValue>>> = {
  String: fc.string({ unit: 'grapheme' }).filter(withoutZero),
  Boolean: fc.boolean(),
  Int: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  BigInt: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  Float: fc.double({ noNaN: true, min: -1e300, max: 1e300 }).map((value) => (Math.abs(value) < 1e-300 ? 0 : value)),
  Decimal: fc.tuple(fc.integer({ min: -1e15 + 1, max: 1e15 - 1 }), fc.nat(9)).map(([digits, scale]) => decimal(digits, scale)),
  DateTime: fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }).map((date) => date.toISOString()),
  Json: fc
    .jsonValue()
    .map((value) => JSON.stringify(JSON.parse(JSON.stringify(value))))
    .filter((text) => !text.includes('\\u0000')),
  Bytes: fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes).toString('base64')),
  Mood: fc.constantFrom('glad', 'so-so'),
}

function decimal(digits: number, scale: number): string {
  const text = String(Math.abs(digits)).padStart(scale + 1, '0')
  const fraction = scale === 0 ? '' : text.slice(-scale).replace(/0+$/, '')
  const whole = scale === 0 ? text : text.slice(0, -scale)
  return `${digits < 0 && /[1-9]/.test(text) ? '-' : ''}${whole}${fraction && `.${fraction}`}`
}

/** A schema with rows that fit together. */
export const sample: fc.Arbitrary<Sample> = fc.array(modelSpec, { minLength: 1, maxLength: 4 }).chain((specs) => {
  const models = specs.map((spec, i) => makeModel(spec, i, specs))
  const rows = fc.tuple(...specs.map((spec, i) => fc.tuple(...Array.from({ length: spec.rows }, (_, n) => rowOf(models[i]!, n)))))
  return fc
    .tuple(rows, fc.infiniteStream(fc.nat(1000)), fc.shuffledSubarray(models, { minLength: models.length }))
    .map(([made, choices, shuffled]): Sample => {
      const keyed = new Map(models.map((model, i) => [model, made[i] as FileValue[][]]))
      for (const model of models) fillReferences(model, models, keyed, choices)
      const linked = addLinks(models, specs)
      const schema: SchemaMetadata = {
        provider: 'sqlite',
        models: Object.fromEntries(shuffled.map((model) => [model.name, linked.get(model.name)!])),
        enums: {},
      }
      const all = new Map(models.map((model) => [model.name, keyed.get(model)!]))
      for (const link of planTransfer(schema).links) {
        const [a, b] = link.name.split('To').map((name) => all.get(name)!.map((row) => row[0]!))
        all.set(
          link.name,
          a!.flatMap((left) => b!.map((right) => [left, right])).filter(() => choices.next().value % 2 === 0),
        )
      }
      return { schema, rows: all }
    })
})

type Spec = {
  key: string
  columns: { type: ColumnKind; isRequired: boolean }[]
  references: { to: number; isRequired: boolean }[]
  rows: number
}

function keyColumns(key: string, prefix: string, required: boolean): ColumnField[] {
  const counter = prefix === '' && key === 'counted' ? { default: { kind: 'function' as const, name: 'autoincrement', args: [] } } : {}
  const first = column(`${prefix}id`, key === 'big' ? 'BigInt' : key === 'text' ? 'String' : 'Int', required, counter)
  return key === 'pair' ? [first, column(`${prefix}part`, 'String', required)] : [first]
}

function makeModel(spec: Spec, i: number, specs: readonly Spec[]): ModelMetadata {
  const key = keyColumns(spec.key, '', true)
  const fields: ModelMetadata['fields'][number][] = [...key, ...spec.columns.map((each, n) => column(`c${n}`, each.type, each.isRequired))]
  spec.references.forEach(({ to, isRequired }, n) => {
    const target = to % specs.length
    // Without rows there, nothing can be required; nor may a circle.
    const required = isRequired && target < i && specs[target]!.rows > 0
    const own = keyColumns(specs[target]!.key, `r${n}`, required)
    const references = keyColumns(specs[target]!.key, '', true).map((field) => field.name)
    fields.push(...own)
    fields.push(
      relation(
        `to${n}`,
        `M${target}`,
        'many-to-one',
        own.map((field) => field.name),
        references,
        `M${i}to${n}`,
      ),
    )
  })
  return {
    name: `M${i}`,
    delegate: `m${i}`,
    table: `table "${i}"`,
    singular: '',
    plural: '',
    documentation: { text: '', annotations: {} },
    fields,
    id: { name: 'id', fields: key.map((field) => field.name) },
    uniques: [],
    indexes: [],
  }
}

/** The key is of the row's number; references come later. */
function rowOf(model: ModelMetadata, n: number): fc.Arbitrary<FileValue[]> {
  const cells = columnsOf(model).map((field): fc.Arbitrary<FileValue> => {
    if (field.name === 'id')
      return fc.constant(field.type === 'Int' ? n * 3 : field.type === 'BigInt' ? `${2n ** 60n + BigInt(n)}` : `key${n}`)
    if (field.name === 'part') return fc.constant(`p${n}`)
    if (field.name.startsWith('r')) return fc.constant(null)
    const value = values[field.type as ColumnKind]
    return field.isRequired ? value : fc.option(value)
  })
  return fc.tuple(...cells)
}

function fillReferences(
  model: ModelMetadata,
  models: readonly ModelMetadata[],
  rows: ReadonlyMap<ModelMetadata, FileValue[][]>,
  choices: fc.Stream<number>,
): void {
  const names = columnsOf(model).map((field) => field.name)
  for (const row of rows.get(model)!)
    for (const { type, relation: key } of referencesOf(model)) {
      const target = models.find((candidate) => candidate.name === type)!
      const there = rows.get(target)!
      const isRequired = columnsOf(model).find((field) => field.name === key.fields[0])!.isRequired
      const choice = choices.next().value
      if (there.length === 0 || (!isRequired && choice % 3 === 0)) continue
      const chosen = there[choice % there.length]!
      key.fields.forEach((field, i) => (row[names.indexOf(field)] = chosen[i]!))
    }
}

/** Each two models whose keys are of one column may be linked. */
function addLinks(models: readonly ModelMetadata[], specs: readonly Spec[]): Map<string, ModelMetadata> {
  const [a, b] = models.filter((_, i) => specs[i]!.key !== 'pair')
  return new Map(
    models.map((model) => {
      if (!a || !b || (model !== a && model !== b)) return [model.name, model]
      const link = relation('links', model === a ? b.name : a.name, 'many-to-many', [], [], `${a.name}To${b.name}`)
      return [model.name, { ...model, fields: [...model.fields, link] }]
    }),
  )
}

/** Makes the tables of a schema, in place of those that are there. */
export async function createTables(connection: Connection, schema: SchemaMetadata): Promise<void> {
  const { provider } = connection
  const q = connection.quote
  await dropTables(connection)
  const plan = planTransfer(schema)
  const late: string[] = provider === 'postgresql' ? [`CREATE TYPE "Mood" AS ENUM ('glad', 'so-so')`] : []
  const references: string[] = []
  const type = (field: ColumnField, isKey: boolean): string =>
    isKey && field.type === 'String' && provider === 'mysql' ? 'VARCHAR(191)' : sqlTypes[provider][field.type as ColumnKind]
  for (const { model, fields, key } of plan.models) {
    const isKey = (field: ColumnField): boolean => key.includes(field) || /^r\d/.test(field.name)
    const lines = fields.map((field) => {
      const counted = field.default !== undefined
      if (counted && provider === 'sqlite') return `${q(field.column)} INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT`
      if (counted && provider === 'postgresql') return `${q(field.column)} SERIAL NOT NULL`
      return `${q(field.column)} ${type(field, isKey(field))}${field.isRequired ? ' NOT NULL' : ' NULL'}${counted ? ' AUTO_INCREMENT' : ''}`
    })
    if (!(provider === 'sqlite' && key[0]!.default)) lines.push(`PRIMARY KEY (${key.map((field) => q(field.column)).join(', ')})`)
    const keys = referencesOf(model).map((field) => foreignKey(connection, field, plan, fields))
    if (provider === 'sqlite') lines.push(...keys)
    else references.push(...keys.map((line) => `ALTER TABLE ${q(model.table)} ADD ${line}`))
    late.push(`CREATE TABLE ${q(model.table)} (${lines.join(', ')})`)
  }
  for (const { table, a, b } of plan.links)
    late.push(
      `CREATE TABLE ${q(table)} (${q('A')} ${type(a.key[0]!, true)} NOT NULL, ${q('B')} ${type(b.key[0]!, true)} NOT NULL, PRIMARY KEY (${q('A')}, ${q('B')}))`,
    )
  await connection.exec([...late, ...references].join(';\n'))
}

function foreignKey(connection: Connection, { type, relation: key }: RelationField, plan: Plan, fields: readonly ColumnField[]): string {
  const target = plan.models.find(({ model }) => model.name === type)!
  const own = key.fields.map((name) => connection.quote(fields.find((field) => field.name === name)!.column))
  const other = key.references.map((name) => connection.quote(target.fields.find((field) => field.name === name)!.column))
  return `FOREIGN KEY (${own.join(', ')}) REFERENCES ${connection.quote(target.model.table)} (${other.join(', ')})`
}

async function dropTables(connection: Connection): Promise<void> {
  if (connection.provider === 'postgresql') return await connection.exec('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
  const tables =
    connection.provider === 'sqlite'
      ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
      : 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()'
  const names = (await connection.rows<{ name: string }>(tables)).map(({ name }) => `DROP TABLE ${connection.quote(name)}`)
  if (names.length === 0) return
  const isMysql = connection.provider === 'mysql'
  await connection.exec(`${isMysql ? 'SET foreign_key_checks = 0;' : ''}${names.join(';')}${isMysql ? ';SET foreign_key_checks = 1' : ''}`)
}
