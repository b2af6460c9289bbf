/** The admin of an app: its models, each with what `admin/` says of it, checked once when the app is made. */
import { closest } from '../core/closest.ts'
import { HotclubError } from '../core/hotclub-error.ts'
import { serviceKey, type ServiceKey } from '../core/services.ts'
import { findField } from '../db/call/names.ts'
import { identityColumns } from '../db/write/row-key.ts'
import type { ModelMetadata, SchemaMetadata } from '../schema/types.ts'
import { builtInRules } from './accounts-rules.ts'
import { capitalize } from './fields.ts'
import { defaultColumns, defaultFilters, defaultSearch, defaultSort } from './list/defaults.ts'
import type { AdminOptions, ModelAdmin, SiteOptions } from './options.ts'

/** One field to sort by. */
export interface Sort {
  field: string
  direction: 'asc' | 'desc'
}

/** A model as the admin has it. */
export interface AdminModel {
  readonly metadata: ModelMetadata
  /** In addresses: `watch-list-item`. */
  readonly slug: string
  /** As a heading: `Films`. */
  readonly title: string
  /** The heading under which the navigation has it; empty for the app's own. */
  readonly group: string
  /** Columns of the key; empty where no key is certain to be there, and rows cannot be opened. */
  readonly keys: readonly string[]
  readonly columns: readonly string[]
  readonly search: readonly string[]
  readonly filters: readonly string[]
  readonly sort: readonly Sort[]
  readonly pageSize: number
  /** Fields of the form under their headings; `undefined` for every one. */
  readonly sections: ReadonlyArray<{ title: string; fields: readonly string[] }> | undefined
  readonly readonly: readonly string[]
}

/** The admin of the app. */
export const adminService: ServiceKey<AdminSite> = serviceKey('admin', 'Create admin/site.ts with `export default defineSite({ … })`.')

export class AdminSite {
  readonly title: string
  readonly schema: SchemaMetadata
  /** In the order of the schema, those of the framework last. */
  readonly models: readonly AdminModel[]
  readonly #bySlug: ReadonlyMap<string, AdminModel>
  readonly #byName: ReadonlyMap<string, AdminModel>

  /**
   * @param files The modules of `admin/`, by their names
   * @throws {HotclubError} `HC_ADMIN` for a file that does not fit the schema
   */
  constructor(schema: SchemaMetadata, files: Readonly<Record<string, object>>) {
    const { site, admins } = readFiles(files)
    this.title = site.title ?? 'Admin'
    this.schema = schema
    const models = Object.values(schema.models)
    for (const [file, admin] of admins) checkAdmin(schema, file, admin)
    const options = new Map([...admins.values()].map((admin) => [admin.model, admin.options]))
    this.models = models
      .filter((model) => !(options.get(model.delegate)?.hidden ?? builtInRules(model)?.hidden))
      .map((model) => toModel(schema, model, options.get(model.delegate) ?? {}))
      .toSorted((a, b) => Number(a.group !== '') - Number(b.group !== ''))
    this.#bySlug = new Map(this.models.map((model) => [model.slug, model]))
    this.#byName = new Map(this.models.map((model) => [model.metadata.name, model]))
  }

  /** The model with this part of an address. */
  bySlug(slug: string): AdminModel | undefined {
    return this.#bySlug.get(slug)
  }

  /** The model with this name in the schema; `undefined` also for one that the admin leaves out. */
  byName(name: string): AdminModel | undefined {
    return this.#byName.get(name)
  }
}

function toModel(schema: SchemaMetadata, metadata: ModelMetadata, { list = {}, form = {} }: AdminOptions): AdminModel {
  const built = builtInRules(metadata)
  const group = metadata.documentation.annotations['group']
  const columns = list.columns ?? defaultColumns(schema, metadata)
  const { fields } = form
  return {
    metadata,
    slug: slugOf(metadata.name),
    title: capitalize(metadata.plural),
    group: typeof group === 'string' ? group : (built?.group ?? ''),
    keys: keysOf(metadata),
    columns,
    search: list.search ?? defaultSearch(metadata),
    filters: list.filters ?? defaultFilters(metadata, columns),
    sort: list.sort?.map(toSort) ?? defaultSort(metadata, keysOf(metadata)),
    pageSize: list.pageSize ?? 50,
    sections:
      fields === undefined
        ? undefined
        : Array.isArray(fields)
          ? [{ title: '', fields: fields as readonly string[] }]
          : Object.entries(fields as Readonly<Record<string, readonly string[]>>).map(([title, names]) => ({ title, fields: names })),
    readonly: form.readonly ?? [],
  }
}

/** `WatchListItem` is `watch-list-item`. */
function slugOf(name: string): string {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase()
}

function toSort(text: string): Sort {
  return text.startsWith('-') ? { field: text.slice(1), direction: 'desc' } : { field: text, direction: 'asc' }
}

function keysOf(model: ModelMetadata): readonly string[] {
  const hasKey = [model.id, ...model.uniques].some((key) => key?.fields.every((name) => findField(model, name)?.isRequired))
  return hasKey ? identityColumns(model) : []
}

function readFiles(files: Readonly<Record<string, object>>): { site: SiteOptions; admins: Map<string, ModelAdmin> } {
  let site: SiteOptions = {}
  const admins = new Map<string, ModelAdmin>()
  for (const [file, module] of Object.entries(files)) {
    const value: unknown = (module as { default?: unknown }).default
    if (typeof value !== 'object' || value === null)
      throw new HotclubError('HC_ADMIN', {
        where: `admin/${file}`,
        message: 'The file has no default export.',
        hint: /^site\.tsx?$/.test(file)
          ? "Write `export default defineSite({ title: '…' })`."
          : "Write `export default defineAdmin('model', { … })`; start its name with '_' if it is a helper.",
      })
    if (/^site\.tsx?$/.test(file)) site = value
    else admins.set(file, value as ModelAdmin)
  }
  return { site, admins }
}

function checkAdmin(schema: SchemaMetadata, file: string, { model: name, options }: ModelAdmin): void {
  const model = Object.values(schema.models).find(({ delegate }) => delegate === name)
  const wrong = (message: string, hint: string): HotclubError => new HotclubError('HC_ADMIN', { where: `admin/${file}`, message, hint })
  if (!model) {
    const names = Object.values(schema.models).map(({ delegate }) => delegate)
    const near = closest(name, names)
    throw wrong(`The schema has no model '${name}'.`, near ? `Did you mean '${near}'?` : `There are ${names.join(', ')}.`)
  }
  const check = (path: string, from: ModelMetadata = model): void => {
    const [first, ...rest] = path.split('.') as [string, ...string[]]
    const field = findField(from, first)
    if (!field) {
      const near = closest(
        first,
        from.fields.map((candidate) => candidate.name),
      )
      throw wrong(
        `The model ${from.name} has no field '${first}'.`,
        near ? `Did you mean '${near}'?` : `Its fields are ${from.fields.map((candidate) => candidate.name).join(', ')}.`,
      )
    }
    if (rest.length === 0) return
    if (field.kind !== 'relation') throw wrong(`'${path}' goes on behind '${first}', which is a column.`, `Write '${first}'.`)
    check(rest.join('.'), schema.models[field.type]!)
  }
  const { list = {}, form = {} } = options
  const fields = form.fields === undefined ? [] : Array.isArray(form.fields) ? form.fields : Object.values(form.fields).flat()
  for (const field of [...(list.columns ?? []), ...(list.search ?? []), ...(list.filters ?? []), ...fields, ...(form.readonly ?? [])])
    check(field)
  for (const field of list.sort ?? []) check(field.replace(/^-/, ''))
}
