/** What a database is made of, without its rows: the same shape for SQLite, PostgreSQL and MySQL. */
import type { Provider } from '../database-url.ts'

/** A database as its own catalogue describes it. Tables, views and enums in the order of their names. */
export interface DatabaseStructure {
  readonly provider: Provider
  readonly tables: readonly TableStructure[]
  readonly views: readonly ViewStructure[]
  /** PostgreSQL's types made by `CREATE TYPE … AS ENUM`; MySQL's stand in the types of their columns. */
  readonly enums: readonly EnumStructure[]
}

export interface TableStructure {
  readonly name: string
  /** In the order of the table. */
  readonly columns: readonly ColumnStructure[]
  readonly primaryKey?: PrimaryKeyStructure
  /** Unique constraints and indexes alike, without that of the primary key; by name. */
  readonly indexes: readonly IndexStructure[]
  /** By name, where the database names them. */
  readonly foreignKeys: readonly ForeignKeyStructure[]
}

export interface ColumnStructure {
  readonly name: string
  /**
   * As the database writes it, in lower case: `varchar(200)`, `integer[]`, `int(10) unsigned`, `enum('a','b')`. PostgreSQL's long names are kept
   * (`character varying(200)`, `timestamp(3) without time zone`); MariaDB's JSON, which is a `longtext` with a check, is `json`.
   */
  readonly type: string
  readonly isNullable: boolean
  /** The default as SQL: `'draft'`, `0`, `CURRENT_TIMESTAMP`, `nextval('a_id_seq'::regclass)`. */
  readonly default?: string
  /** Whether the database counts up: a `rowid` of SQLite, a sequence or identity of PostgreSQL, `AUTO_INCREMENT`. */
  readonly isAutoIncrement: boolean
  /** Whether it is computed from other columns. */
  readonly isGenerated: boolean
}

export interface PrimaryKeyStructure {
  /** Absent in SQLite and MySQL, whose keys have no names of their own. */
  readonly name?: string
  readonly columns: readonly string[]
}

export interface IndexStructure {
  readonly name: string
  readonly isUnique: boolean
  /** `btree` where nothing else is said; `fulltext`, `spatial`, `hash`, `gin`, `gist`, `brin`, `spgist`. */
  readonly method: string
  readonly columns: readonly IndexColumnStructure[]
  /** Whether it covers only some rows (`WHERE …`). */
  readonly isPartial: boolean
}

export interface IndexColumnStructure {
  /** Absent where it is an expression. */
  readonly name?: string
  readonly isDescending: boolean
  /** How many characters count, where not all do (MySQL). */
  readonly length?: number
}

export interface ForeignKeyStructure {
  /** Absent in SQLite. */
  readonly name?: string
  readonly columns: readonly string[]
  /** The table that is referred to. */
  readonly table: string
  readonly references: readonly string[]
  readonly onDelete: ReferentialRule
  readonly onUpdate: ReferentialRule
}

/** As SQL writes it. */
export type ReferentialRule = 'NO ACTION' | 'RESTRICT' | 'CASCADE' | 'SET NULL' | 'SET DEFAULT'

export interface EnumStructure {
  readonly name: string
  /** In their order. */
  readonly values: readonly string[]
}

export interface ViewStructure {
  readonly name: string
  readonly columns: readonly ColumnStructure[]
}
