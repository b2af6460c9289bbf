/** Relations between models: from foreign keys, and from the tables by which Prisma links many to many. */
import type { ForeignKeyStructure, ReferentialRule, TableStructure } from '../structure/types.ts'
import type { FieldDraft, ModelDraft } from './draft.ts'
import { identifies, isKey } from './indexes.ts'
import { camelCase, capitalize, fieldName, pascalCase, pluralField, uncapitalize, wordsOf } from './names.ts'
import { quoted } from './print.ts'

/** A model and the table it stands for. */
export interface Pair {
  model: ModelDraft
  table: TableStructure
}

/** A reference that becomes a relation. */
interface Link {
  from: Pair
  to: Pair
  key: ForeignKeyStructure
  /** The name of the relation's field, without its being unique yet. */
  name: string
  isGuessed: boolean
}

/** A reference that no constraint of the database holds, and that conventions tell. */
export interface GuessedKey {
  table: string
  key: ForeignKeyStructure
}

/**
 * Adds both fields of every relation to the models.
 *
 * @param joins Tables of many-to-many relations, which have no models
 */
export function addRelations(pairs: readonly Pair[], joins: readonly TableStructure[], guessed: readonly GuessedKey[]): void {
  const byTable = new Map(pairs.map((pair) => [pair.table.name, pair]))
  const links = pairs.flatMap((from) => [
    ...from.table.foreignKeys.flatMap((key) => linkOf(from, byTable.get(key.table), key, false)),
    ...guessed.filter((guess) => guess.table === from.table.name).flatMap(({ key }) => linkOf(from, byTable.get(key.table), key, true)),
  ])
  const connections = [
    ...links.map(({ from, to }) => connection(from, to)),
    ...joins.map((join) => {
      const [a, b] = endsOf(join, byTable)
      return connection(a, b)
    }),
  ]
  const isOnly = (a: Pair, b: Pair): boolean => a.model !== b.model && connections.filter((each) => each === connection(a, b)).length === 1
  for (const link of links) addLink(link, isOnly(link.from, link.to))
  for (const join of joins) addJoin(join, byTable, isOnly)
}

/** Whether a table is how Prisma keeps a many-to-many relation: `_Name` with the columns A and B. */
export function isJoinTable(table: TableStructure, nameOf: (table: string) => string | undefined): boolean {
  const [a, b] = ['A', 'B'].map((name) => table.foreignKeys.find((key) => key.columns.length === 1 && key.columns[0] === name))
  if (!table.name.startsWith('_') || table.columns.length !== 2 || !a || !b) return false
  const [first, second] = [nameOf(a.table), nameOf(b.table)]
  const isPaired =
    table.primaryKey?.columns.join() === 'A,B' ||
    table.indexes.some((index) => isKey(index) && index.columns.map((column) => column.name).join() === 'A,B')
  // A is the model whose name comes first; the other way round Prisma would swap the columns.
  return isPaired && first !== undefined && second !== undefined && first <= second
}

function connection(a: Pair, b: Pair): string {
  return [a.model.name, b.model.name].toSorted().join()
}

function linkOf(from: Pair, to: Pair | undefined, key: ForeignKeyStructure, isGuessed: boolean): Link[] {
  const { model, table } = from
  const fields = key.columns.map((column) => model.fields.find((field) => field.column === column))
  const problem = problemWith(from, to, key, fields)
  if (problem !== undefined) {
    if (!isGuessed) model.notes.push(`Left out: the reference of ${key.columns.join(', ')} to ${key.table}, ${problem}.`)
    return []
  }
  const name =
    key.columns.length === 1 ? relationName(key.columns[0]!, key.references[0]!, fields[0]!, to!.model) : uncapitalize(to!.model.name)
  return [{ from: { model, table }, to: to!, key, name, isGuessed }]
}

function problemWith(
  { model, table }: Pair,
  to: Pair | undefined,
  key: ForeignKeyStructure,
  fields: ReadonlyArray<FieldDraft | undefined>,
): string | undefined {
  if (!to) return 'which is not here'
  const targets = key.references.map((column) => to.model.fields.find((field) => field.column === column))
  if (targets.length !== fields.length || [...targets, ...fields].some((field) => field === undefined))
    return 'which names no columns of it'
  const isUniqueThere =
    sameSet(to.table.primaryKey?.columns ?? [], key.references) ||
    to.table.indexes.some(
      (index) =>
        isKey(index) &&
        sameSet(
          index.columns.map((column) => column.name!),
          key.references,
        ),
    )
  if (!isUniqueThere) return 'which are not unique there'
  if (fields.some((field, i) => field!.type !== targets[i]!.type || field!.arity === 'list')) return 'whose type is another'
  const isRepeated =
    table.foreignKeys.findIndex((other) => other.table === key.table && other.columns.join() === key.columns.join()) <
    table.foreignKeys.indexOf(key)
  if (isRepeated) return 'which stands there twice'
  return fields.every((field) => field!.arity === 'required') && key.onDelete === 'SET NULL' && model.fields.length > 0
    ? 'which would empty a required column'
    : undefined
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item) => b.includes(item))
}

/**
 * `author_id` is the author, and `book_isbn` the book; `author` is too, and then its column's field becomes `authorId`. A column that is called
 * like the one it refers to takes the name of the model.
 */
function relationName(column: string, reference: string, field: FieldDraft, target: ModelDraft): string {
  const words = wordsOf(column)
  const end = wordsOf(reference)
  if (words.length > end.length && words.slice(-end.length).join() === end.join()) return camelCase(words.slice(0, -end.length))
  if (words.length > 1 && ['id', 'uuid', 'fk', 'ref'].includes(words.at(-1)!)) return camelCase(words.slice(0, -1))
  if (words.join() === end.join()) return uncapitalize(target.name)
  const name = field.name
  field.name = name + pascalCase(end)
  return name
}

function addLink({ from, to, key, name, isGuessed }: Link, isOnly: boolean): void {
  const { model, table } = from
  const fields = key.columns.map((column) => model.fields.find((field) => field.column === column)!)
  const references = key.references.map((column) => to.model.fields.find((field) => field.column === column)!)
  const field = freeName(model, [name, uncapitalize(to.model.name), `${name}Relation`])
  const isOptional = fields.some((each) => each.arity === 'optional')
  const isUnique =
    sameSet(table.primaryKey?.columns ?? [], key.columns) ||
    table.indexes.some(
      (index) =>
        isKey(index) &&
        sameSet(
          index.columns.map((column) => column.name!),
          key.columns,
        ),
    )
  const relation = isOnly ? [] : [quoted(model.name + capitalize(field))]
  const list = (names: readonly FieldDraft[]): string => `[${names.map((each) => each.name).join(', ')}]`
  const usualName = `${table.name}_${key.columns.join('_')}_fkey`
  const args = [
    ...relation,
    `fields: ${list(fields)}`,
    `references: ${list(references)}`,
    ...actionArg('onDelete', key.onDelete, isOptional ? 'SET NULL' : 'RESTRICT'),
    ...actionArg('onUpdate', key.onUpdate, 'CASCADE'),
    ...(key.name === undefined || key.name === usualName ? [] : [`map: ${quoted(key.name)}`]),
  ]
  const at = Math.min(...fields.map((each) => model.fields.indexOf(each)))
  model.fields.splice(at, 0, {
    name: field,
    type: to.model.name,
    arity: isOptional ? 'optional' : 'required',
    attributes: [`@relation(${args.join(', ')})`],
    notes: isGuessed ? [`By the name of its column: no foreign key of the database holds it.`] : [],
  })
  const several = isUnique ? uncapitalize(model.name) : pluralField(model.name)
  const isOwn = from.model === to.model
  const back = isOnly
    ? [several]
    : isOwn && field === 'parent' && !isUnique
      ? ['children', `${several}As${capitalize(field)}`]
      : [`${several}As${capitalize(field)}`]
  to.model.fields.push({
    name: freeName(to.model, [...back, `${several}As${capitalize(field)}`]),
    type: model.name,
    arity: isUnique ? 'optional' : 'list',
    attributes: [...(relation.length > 0 ? [`@relation(${relation[0]})`] : []), ...(model.isIgnored ? ['@ignore'] : [])],
    notes: [],
  })
}

/** What Prisma does without being told is not written. */
function actionArg(name: string, rule: ReferentialRule, usual: ReferentialRule): string[] {
  if (rule === usual) return []
  return [`${name}: ${rule.toLowerCase().replaceAll(/(?:^| )(\w)/g, (_, letter: string) => letter.toUpperCase())}`]
}

function endsOf(join: TableStructure, byTable: ReadonlyMap<string, Pair>): [Pair, Pair] {
  const end = (column: string): Pair => byTable.get(join.foreignKeys.find((key) => key.columns[0] === column)!.table)!
  return [end('A'), end('B')]
}

function addJoin(join: TableStructure, byTable: ReadonlyMap<string, Pair>, isOnly: (a: Pair, b: Pair) => boolean): void {
  const [a, b] = endsOf(join, byTable)
  const name = join.name.slice(1)
  const attributes = isOnly(a, b) && name === `${a.model.name}To${b.model.name}` ? [] : [`@relation(${quoted(name)})`]
  const add = (to: ModelDraft, of: ModelDraft, candidates: [string, ...string[]]): void => {
    to.fields.push({ name: freeName(to, candidates), type: of.name, arity: 'list', attributes: [...attributes], notes: [] })
  }
  const suffix = capitalize(fieldName(name))
  if (a.model === b.model) {
    // Column A is of the field whose name comes first.
    const base = pluralField(a.model.name)
    add(a.model, a.model, [`${base}A`, `${base}Of${suffix}A`])
    add(a.model, a.model, [`${base}B`, `${base}Of${suffix}B`])
    return
  }
  add(a.model, b.model, [pluralField(b.model.name), `${pluralField(b.model.name)}By${suffix}`])
  add(b.model, a.model, [pluralField(a.model.name), `${pluralField(a.model.name)}By${suffix}`])
}

function freeName(model: ModelDraft, candidates: readonly string[]): string {
  const taken = new Set(model.fields.map((field) => field.name))
  const free = candidates.find((candidate) => !taken.has(candidate))
  if (free !== undefined) return free
  for (let number = 2; ; number++) if (!taken.has(`${candidates[0]}${number}`)) return `${candidates[0]}${number}`
}

/** Whether some key lets rows be told apart. */
export function hasIdentity(table: TableStructure): boolean {
  if (table.primaryKey) return true
  return table.indexes.some(
    (index) =>
      isKey(index) &&
      identifies(
        index.columns.map((column) => column.name!),
        table,
      ),
  )
}
