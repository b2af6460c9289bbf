/** A Prisma schema while it is being written: what the printer prints, and what conventions change before. */
import type { Provider } from '../database-url.ts'

export interface SchemaDraft {
  provider: Provider
  models: ModelDraft[]
  enums: EnumDraft[]
  /** Printed as comments, since Prisma takes them only with a preview feature. */
  views: ModelDraft[]
}

export interface ModelDraft {
  name: string
  /** The table's name in the database. */
  table: string
  /** Printed as `//` above it: what is not as one would expect, and why. */
  notes: string[]
  fields: FieldDraft[]
  /** `@@id`, `@@unique` and `@@index`, as they are printed. */
  blockAttributes: string[]
  /** Whether the client has to leave it out (`@@ignore`); a note says why. */
  isIgnored: boolean
}

export interface FieldDraft {
  name: string
  /** The column's name in the database; absent for a relation. */
  column?: string
  /** `Int`, `Movie`, `Unsupported("point")`. */
  type: string
  arity: 'required' | 'optional' | 'list'
  /** `@id`, `@default(now())`, …, as they are printed; without `@map`, which follows from the names. */
  attributes: string[]
  notes: string[]
}

export interface EnumDraft {
  name: string
  /** The type's name in the database; absent where the database has none (MySQL). */
  type?: string
  values: Array<{ name: string; stored: string }>
}
