/**
 * What Hotclub knows of an app's models: the shape of `prisma/generated/metadata.ts`, written by `hotclub generate`.
 * Forms, admin, API, policies and cache invalidation read it; nothing here needs Prisma at run time.
 */

/** A Prisma scalar type. */
export type ScalarType = 'String' | 'Boolean' | 'Int' | 'BigInt' | 'Float' | 'Decimal' | 'DateTime' | 'Json' | 'Bytes'

/** `@name value` annotations of a `///` comment; one without a value is `true`. */
export type Annotations = Readonly<Record<string, string | true>>

/** What a `///` comment says: the text for people, the annotations for forms, admin and API. */
export interface Documentation {
  /** The text before the first annotation; empty without one. */
  readonly text: string
  readonly annotations: Annotations
}

/** The default of a field. */
export type DefaultValue =
  | { readonly kind: 'value'; readonly value: string | number | boolean | readonly (string | number | boolean)[] }
  /** Computed by Prisma or the database: `now`, `autoincrement`, `uuid`, `cuid`, `dbgenerated`, … with its arguments. */
  | { readonly kind: 'function'; readonly name: string; readonly args: readonly (string | number)[] }

/** Facts that every kind of field has. */
interface FieldBase {
  readonly name: string
  /** What people see: the comment's text, or the name in words. */
  readonly label: string
  readonly documentation: Documentation
  readonly isRequired: boolean
  readonly isList: boolean
}

/** A column. */
interface ColumnBase extends FieldBase {
  /** The column's name in the database. */
  readonly column: string
  readonly isId: boolean
  readonly isUnique: boolean
  readonly isUpdatedAt: boolean
  /** Whether it is (part of) the foreign key of a relation. */
  readonly isForeignKey: boolean
  readonly default?: DefaultValue
  /** `@db.VarChar(191)` is `{ name: 'VarChar', args: ['191'] }`. */
  readonly nativeType?: { readonly name: string; readonly args: readonly string[] }
}

export interface ScalarField extends ColumnBase {
  readonly kind: 'scalar'
  readonly type: ScalarType
}

export interface EnumField extends ColumnBase {
  readonly kind: 'enum'
  /** The name of the enum. */
  readonly type: string
}

/** A column of a type that Prisma cannot read. */
export interface UnsupportedField extends ColumnBase {
  readonly kind: 'unsupported'
  readonly type: string
}

export type ReferentialAction = 'Cascade' | 'Restrict' | 'NoAction' | 'SetNull' | 'SetDefault'

export interface RelationField extends FieldBase {
  readonly kind: 'relation'
  /** The model at the other end. */
  readonly type: string
  readonly relation: {
    readonly name: string
    /** From this side: a film has one director (`many-to-one`), a person directed many films (`one-to-many`). */
    readonly cardinality: 'one-to-one' | 'one-to-many' | 'many-to-one' | 'many-to-many'
    /** The field of the other model that looks back here. */
    readonly backField: string
    /** Columns of this model that hold the key; empty on the side that has none. */
    readonly fields: readonly string[]
    /** What they refer to in the other model. */
    readonly references: readonly string[]
    /** What happens here when the other row goes, as written or by Prisma's rules; only on the side with the key. */
    readonly onDelete?: ReferentialAction
    readonly onUpdate?: ReferentialAction
  }
}

export type FieldMetadata = ScalarField | EnumField | UnsupportedField | RelationField

/** Fields that identify a row together. */
export interface KeyMetadata {
  /** The name used in `where` for keys of several fields (`movieId_author`), else the field's own. */
  readonly name: string
  readonly fields: readonly string[]
}

export interface IndexMetadata {
  readonly kind: 'normal' | 'unique' | 'fulltext'
  /** The name in the database, where the schema gives one. */
  readonly name?: string
  readonly fields: readonly { readonly name: string; readonly sort?: 'asc' | 'desc'; readonly length?: number }[]
}

export interface ModelMetadata {
  readonly name: string
  /** The property of the client: `Movie` is `db.movie`. */
  readonly delegate: string
  /** The table's name in the database. */
  readonly table: string
  /** One row and several, for people: `film`, `films`. */
  readonly singular: string
  readonly plural: string
  /** The field that names a row: `@label`, or the first that looks like a name. */
  readonly labelField?: string
  readonly documentation: Documentation
  /** In the order of the schema. */
  readonly fields: readonly FieldMetadata[]
  /** The primary key; absent where a model has only unique keys. */
  readonly id?: KeyMetadata
  /** Every unique key beside the primary one. */
  readonly uniques: readonly KeyMetadata[]
  readonly indexes: readonly IndexMetadata[]
}

export interface EnumMetadata {
  readonly name: string
  readonly documentation: Documentation
  /** `name` is the value in code, `label` what people see, `stored` what the database keeps. */
  readonly values: readonly { readonly name: string; readonly label: string; readonly stored: string }[]
}

/** Every model and enum by name. */
export interface SchemaMetadata {
  /** The provider of the datasource: `sqlite`, `postgresql`, `mysql`. */
  readonly provider: string
  readonly models: Readonly<Record<string, ModelMetadata>>
  readonly enums: Readonly<Record<string, EnumMetadata>>
}
