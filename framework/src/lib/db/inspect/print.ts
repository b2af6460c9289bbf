/** Writes the text of a schema, laid out as Prisma's own formatter does. */
import type { EnumDraft, FieldDraft, ModelDraft, SchemaDraft } from './draft.ts'

/** Prints models, enums and views; generators and datasource stand before them. */
export function printSchema(schema: SchemaDraft): string {
  return [
    ...schema.models.map((model) => printModel('model', model)),
    ...schema.enums.map(printEnum),
    ...schema.views.map((view) => printModel('view', view).replace(/^/gm, '// ').replace(/ +$/gm, '')),
  ].join('\n')
}

/** A text in quotes, as the schema language reads it. */
export function quoted(text: string): string {
  return JSON.stringify(text)
}

function printModel(keyword: 'model' | 'view', model: ModelDraft): string {
  const block = [
    ...model.blockAttributes,
    ...(model.name === model.table ? [] : [`@@map(${quoted(model.table)})`]),
    ...(model.isIgnored ? ['@@ignore'] : []),
  ]
  return [
    ...comments(model.notes, ''),
    `${keyword} ${model.name} {`,
    ...printFields(model.fields),
    ...(block.length > 0 ? [''] : []),
    ...block.map((line) => `  ${line}`),
    '}',
    '',
  ].join('\n')
}

function printFields(fields: readonly FieldDraft[]): string[] {
  const cells = fields.map((field) => [field.name, typeOf(field), attributesOf(field).join(' ')] as const)
  const [names, types] = [0, 1].map((column) => Math.max(...cells.map((cell) => cell[column]!.length)))
  return fields.flatMap((field, i) => {
    const [name, type, attributes] = cells[i]!
    return [...comments(field.notes, '  '), `  ${name.padEnd(names!)} ${type.padEnd(types!)} ${attributes}`.trimEnd()]
  })
}

function typeOf({ type, arity }: FieldDraft): string {
  return type + { required: '', optional: '?', list: '[]' }[arity]
}

function attributesOf({ name, column, attributes }: FieldDraft): string[] {
  if (column === undefined || column === name) return attributes
  // Native types stand last.
  const native = attributes.filter((attribute) => attribute.startsWith('@db.'))
  return [...attributes.filter((attribute) => !attribute.startsWith('@db.')), `@map(${quoted(column)})`, ...native]
}

function printEnum({ name, type, values }: EnumDraft): string {
  const longest = Math.max(...values.map((value) => value.name.length))
  return [
    `enum ${name} {`,
    ...values.map((value) =>
      value.name === value.stored ? `  ${value.name}` : `  ${value.name.padEnd(longest)} @map(${quoted(value.stored)})`,
    ),
    ...(type === undefined || type === name ? [] : ['', `  @@map(${quoted(type)})`]),
    '}',
    '',
  ].join('\n')
}

function comments(notes: readonly string[], indent: string): string[] {
  return notes.map((note) => `${indent}// ${note}`)
}
