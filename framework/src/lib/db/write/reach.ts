import type { ModelMetadata, RelationField, SchemaMetadata } from '../../schema/types.ts'
import type { Data, RelationWrite } from '../call/data.ts'
import { targetOf, type Names } from '../call/names.ts'
import type { Change } from '../changes.ts'

/** How far a write reaches beyond its own rows: nested writes, and what the database does by itself. */
export class Reach {
  readonly #names: Names
  readonly #found = new Map<string, Change>()

  constructor(names: Names) {
    this.#names = names
  }

  /** What it may change, beside the rows that are written themselves. Which rows, it does not know. */
  get changes(): readonly Change[] {
    return [...this.#found.values()]
  }

  /** Adds what the creation of a row brings about. */
  create(model: ModelMetadata, data: Data): void {
    for (const write of data.writes) this.#nested(model, write)
  }

  /** Adds what a change of rows brings about. */
  update(model: ModelMetadata, { columns, writes }: Data): void {
    this.#rekeyed(model, [...Object.keys(columns), ...writes.flatMap(({ field }) => field.relation.fields)])
    for (const write of writes) this.#nested(model, write)
  }

  /** Adds what goes, or is emptied, along with rows. */
  delete(model: ModelMetadata): void {
    for (const field of model.fields)
      if (field.kind === 'relation' && field.relation.cardinality === 'many-to-many') this.#linked(model, field)
    for (const { child, field } of referencesTo(this.#names.schema, model)) {
      if (field.relation.onDelete === 'Cascade' && this.#add(child, 'delete')) this.delete(child)
      else if (sets(field.relation.onDelete) && this.#add(child, 'update')) this.#rekeyed(child, field.relation.fields)
    }
  }

  /** Keys that lead to a row follow it. */
  #rekeyed(model: ModelMetadata, columns: readonly string[]): void {
    for (const { child, field } of referencesTo(this.#names.schema, model)) {
      const { references, onUpdate, fields } = field.relation
      const follows = references.some((name) => columns.includes(name)) && (onUpdate === 'Cascade' || sets(onUpdate))
      if (follows && this.#add(child, 'update')) this.#rekeyed(child, fields)
    }
  }

  #nested(model: ModelMetadata, write: RelationWrite): void {
    const { field } = write
    const target = targetOf(this.#names, field)
    if (field.relation.cardinality === 'many-to-many') this.#linked(model, field)
    // The key is the other row's; and where there is place for one, another may have to leave.
    else if (field.relation.fields.length === 0) this.#add(target, 'update')
    switch (write.kind) {
      case 'create':
      case 'connectOrCreate':
        this.#add(target, 'create')
        return this.create(target, write.data)
      case 'update':
      case 'updateMany':
        this.#add(target, 'update')
        return this.update(target, write.data)
      case 'upsert':
        this.#add(target, 'create')
        this.#add(target, 'update')
        this.create(target, write.create)
        return this.update(target, write.update)
      case 'delete':
      case 'deleteMany':
        this.#add(target, 'delete')
        return this.delete(target)
      case 'connect':
      case 'disconnect':
      case 'set':
    }
  }

  #linked(model: ModelMetadata, field: RelationField): void {
    for (const end of [model, targetOf(this.#names, field)]) this.#found.set(`${end.name} link`, { model: end, kind: 'link', rows: [] })
  }

  /** @returns Whether it was not known yet */
  #add(model: ModelMetadata, kind: 'create' | 'update' | 'delete'): boolean {
    const key = `${model.name} ${kind}`
    if (this.#found.has(key)) return false
    this.#found.set(key, { model, kind })
    return true
  }
}

/** The relations whose keys lead to a model. */
export function referencesTo(schema: SchemaMetadata, model: ModelMetadata): readonly { child: ModelMetadata; field: RelationField }[] {
  let known = references.get(model)
  if (!known)
    references.set(
      model,
      (known = Object.values(schema.models).flatMap((child) =>
        child.fields.flatMap((field) =>
          field.kind === 'relation' && field.type === model.name && field.relation.fields.length > 0 ? [{ child, field }] : [],
        ),
      )),
    )
  return known
}

const references = new WeakMap<ModelMetadata, readonly { child: ModelMetadata; field: RelationField }[]>()

/** Whether the database gives a key another value of its own accord. */
export function sets(action: RelationField['relation']['onDelete']): boolean {
  return action === 'SetNull' || action === 'SetDefault'
}
