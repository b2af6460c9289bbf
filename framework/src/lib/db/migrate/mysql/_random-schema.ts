/** For tests: Prisma schemas for MySQL with everything that a migration has to make, from few names, so that two of them meet. */
import fc from 'fast-check'

interface FieldSpec {
  name: string
  type: string
  /** Whether an index can take it whole, and how much of it otherwise. */
  indexable: boolean
  isText: boolean
  isOptional: boolean
  default: string | undefined
  isUnique: boolean
  map: boolean
}
interface IndexSpec {
  kind: 'index' | 'unique' | 'fulltext'
  fields: string[]
  isDescending: boolean
  isShort: boolean
  isNamed: boolean
}
interface ModelSpec {
  name: string
  isMapped: boolean
  id: 'number' | 'big' | 'text' | 'pair'
  fields: FieldSpec[]
  indexes: IndexSpec[]
  parent: { model: string; onDelete: string | undefined; isOptional: boolean; isNamed: boolean; isOne: boolean } | undefined
  hasTags: boolean
  hasSelf: boolean
}
export interface SchemaSpec {
  models: ModelSpec[]
  colors: string[]
  isColorMapped: boolean
}

/** What a column may be: the type in the schema, whether an index takes it, and the defaults it may have. */
const types: { type: string; indexable?: boolean; isText?: boolean; defaults?: string[] }[] = [
  { type: 'Int', indexable: true, defaults: ['7', '-1'] },
  { type: 'Int @db.UnsignedInt', indexable: true, defaults: ['7'] },
  { type: 'Int @db.SmallInt', indexable: true },
  { type: 'BigInt', indexable: true, defaults: ['9007199254740993'] },
  { type: 'BigInt @db.UnsignedBigInt', indexable: true },
  { type: 'Boolean', indexable: true, defaults: ['true', 'false'] },
  { type: 'Float', indexable: true, defaults: ['1.5'] },
  { type: 'Float @db.Float', indexable: true },
  { type: 'Decimal', indexable: true, defaults: ['2.50'] },
  { type: 'Decimal @db.Decimal(10, 2)', indexable: true, defaults: ['0'] },
  { type: 'String', indexable: true, isText: true, defaults: ['""', String.raw`"it's \"so\" \\ ok ; -- ?"`, '"ärger 😀"'] },
  { type: 'String @db.VarChar(40)', indexable: true, isText: true, defaults: ['"x"'] },
  { type: 'String @db.Char(8)', indexable: true, isText: true },
  { type: 'String @db.Text', isText: true, defaults: ['"long"'] },
  { type: 'String @db.LongText', isText: true },
  { type: 'DateTime', indexable: true, defaults: ['now()', '"2020-02-29T12:30:00.125Z"'] },
  { type: 'DateTime @db.DateTime(0)', indexable: true, defaults: ['now()'] },
  { type: 'DateTime @db.Timestamp(3)', indexable: true, defaults: ['now()'] },
  { type: 'DateTime @db.Date', indexable: true, defaults: ['now()'] },
  { type: 'DateTime @db.Time(0)', indexable: true },
  { type: 'DateTime @updatedAt', indexable: true },
  { type: 'Json', defaults: [String.raw`"{\"a\": [1, 2]}"`] },
  { type: 'Bytes', defaults: ['"aGVsbG8="'] },
  { type: 'Bytes @db.VarBinary(16)', indexable: true, defaults: ['"aGVsbG8="'] },
  { type: 'Color', indexable: true, defaults: ['RED'] },
  { type: 'String @db.VarChar(36)', indexable: true, isText: true, defaults: ['uuid()', 'cuid()', 'dbgenerated("(uuid())")'] },
]

const field = (name: string): fc.Arbitrary<FieldSpec> =>
  fc.constantFrom(...types).chain(({ type, indexable = false, isText = false, defaults = [] }) =>
    fc.record({
      name: fc.constant(name),
      type: fc.constant(type),
      indexable: fc.constant(indexable),
      isText: fc.constant(isText),
      isOptional: fc.boolean(),
      default: fc.option(fc.constantFrom(...defaults, undefined), { nil: undefined }),
      isUnique: fc.boolean().map((wanted) => wanted && indexable),
      map: fc.boolean(),
    }),
  )

const fieldNames = ['a', 'b', 'c', 'd']
const modelNames = ['Film', 'Person', 'Award']

const index: fc.Arbitrary<IndexSpec> = fc.record({
  kind: fc.constantFrom('index', 'unique', 'fulltext'),
  fields: fc.subarray([...fieldNames, 'parentId'], { minLength: 1, maxLength: 3 }),
  isDescending: fc.boolean(),
  isShort: fc.boolean(),
  isNamed: fc.boolean(),
})

const model = (name: string): fc.Arbitrary<ModelSpec> =>
  fc.record({
    name: fc.constant(name),
    isMapped: fc.boolean(),
    id: fc.constantFrom('number', 'big', 'text', 'pair'),
    fields: fc.subarray(fieldNames).chain((names) => fc.tuple(...names.map(field))),
    indexes: fc.array(index, { maxLength: 2 }),
    parent: fc.option(
      fc.record({
        model: fc.constantFrom(...modelNames),
        onDelete: fc.constantFrom(undefined, 'Cascade', 'Restrict', 'NoAction'),
        isOptional: fc.boolean(),
        isNamed: fc.boolean(),
        isOne: fc.boolean(),
      }),
      { nil: undefined },
    ),
    hasTags: fc.boolean(),
    hasSelf: fc.boolean(),
  })

export const schemaSpec: fc.Arbitrary<SchemaSpec> = fc.record({
  models: fc.subarray(modelNames, { minLength: 1 }).chain((names) => fc.tuple(...names.map(model))),
  colors: fc.subarray(['GREEN', 'BLUE', 'GREY']).map((colors) => ['RED', ...colors]),
  isColorMapped: fc.boolean(),
})

const idTypes = { number: 'Int', big: 'BigInt', text: 'String', pair: 'Int' }

/** The text of a schema. */
export function renderSchema({ models, colors, isColorMapped }: SchemaSpec): string {
  const parentOf = (spec: ModelSpec): ModelSpec | undefined =>
    models.find((other) => other.name === spec.parent?.model && other.id !== 'pair' && other !== spec)
  const tagged = models.filter((spec) => spec.hasTags && spec.id !== 'pair')
  const blocks = models.map((spec) => {
    const parent = parentOf(spec)
    const children = models.filter((other) => parentOf(other) === spec)
    const known = new Map(spec.fields.map((each) => [each.name, each]))
    const lines = [
      ...idLines(spec),
      ...spec.fields.map(fieldLine),
      ...(parent ? parentLines(spec, parent) : []),
      ...children.map((other) => `kids${other.name} ${other.name}${other.parent!.isOne ? '?' : '[]'} @relation("p${other.name}")`),
      ...(spec.hasTags && spec.id !== 'pair' ? ['tags Tag[]'] : []),
      ...(spec.hasSelf && spec.id !== 'pair'
        ? [`near ${spec.name}[] @relation("near${spec.name}")`, `far ${spec.name}[] @relation("near${spec.name}")`]
        : []),
      ...indexLines(spec, known, parent !== undefined),
      ...(spec.isMapped ? [`@@map("${spec.name.toLowerCase()}s table")`] : []),
    ]
    return `model ${spec.name} {\n  ${lines.join('\n  ')}\n}`
  })
  const tag = `model Tag {\n  id Int @id @default(autoincrement())\n  ${tagged.map((spec) => `of${spec.name} ${spec.name}[]`).join('\n  ')}\n}`
  const color = `enum Color {\n  ${colors.map((name) => (isColorMapped ? `${name} @map("the ${name.toLowerCase()}'s")` : name)).join('\n  ')}\n}`
  return ['datasource db {\n  provider = "mysql"\n}', ...blocks, tag, color].join('\n')
}

function idLines({ id }: ModelSpec): string[] {
  if (id === 'pair') return ['one Int', 'two String', '@@id([one, two])']
  return [`id ${idTypes[id]} @id${id === 'text' ? '' : ' @default(autoincrement())'}`]
}

function fieldLine({ name, type, isOptional, default: value, isUnique, map }: FieldSpec): string {
  const [scalar, ...attributes] = type.split(' ')
  return [
    name,
    `${scalar}${isOptional ? '?' : ''}`,
    ...attributes,
    ...(value === undefined ? [] : [`@default(${value})`]),
    ...(isUnique ? ['@unique'] : []),
    ...(map ? [`@map("${name} column")`] : []),
  ].join(' ')
}

function parentLines(spec: ModelSpec, parent: ModelSpec): string[] {
  const { onDelete, isOptional, isNamed, isOne } = spec.parent!
  const mark = isOptional ? '?' : ''
  const action = onDelete === undefined ? '' : `, onDelete: ${onDelete}`
  const name = isNamed ? `, map: "${spec.name}_to_${parent.name}"` : ''
  return [
    `parentId ${idTypes[parent.id]}${mark}${isOne ? ' @unique' : ''}`,
    `parent ${parent.name}${mark} @relation("p${spec.name}", fields: [parentId], references: [id]${action}${name})`,
  ]
}

function indexLines(spec: ModelSpec, known: ReadonlyMap<string, FieldSpec>, hasParent: boolean): string[] {
  const names = new Set<string>()
  const uniques = new Set([
    ...spec.fields.filter((each) => each.isUnique).map((each) => each.name),
    ...(spec.parent?.isOne ? ['parentId'] : []),
  ])
  return spec.indexes.flatMap(({ kind, fields, isDescending, isShort, isNamed }, i) => {
    const usable = fields.filter((name) => (name === 'parentId' ? hasParent && kind !== 'fulltext' : known.has(name)))
    const parts = usable.flatMap((name) => {
      const column = known.get(name)
      if (kind === 'fulltext') return column?.isText ? [name] : []
      const length = column?.isText && (isShort || !column.indexable) ? 'length: 5' : undefined
      if (column && !column.indexable && length === undefined) return []
      const options = [length, isDescending ? 'sort: Desc' : undefined].filter((option) => option !== undefined)
      return [options.length > 0 ? `${name}(${options.join(', ')})` : name]
    })
    const columns = parts.map((part) => part.replace(/\(.*/, ''))
    const name = `${kind === 'unique'} ${columns.join()}`
    const isTaken = names.has(name) || (kind === 'unique' && columns.length === 1 && uniques.has(columns[0]!))
    if (parts.length === 0 || isTaken) return []
    names.add(name)
    return [`@@${kind}([${parts.join(', ')}]${isNamed ? `, map: "${spec.name} index ${i}"` : ''})`]
  })
}
