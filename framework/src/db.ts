/** `hotclub/db`: the app's database client and what is known of its models. */
export { createDb, type CreateDbOptions } from './lib/db/client.ts'
export type { TransactionOf } from './lib/core/register.ts'
export type { DbExtras } from './lib/db/client/types.ts'
export type { Isolation, TransactionOptions } from './lib/db/client/transaction.ts'
export { collectQueries, type QueryRecord } from './lib/db/query-log.ts'
export { setSchema } from './lib/schema/registry.ts'
export type {
  Annotations,
  DefaultValue,
  Documentation,
  EnumField,
  EnumMetadata,
  FieldMetadata,
  IndexMetadata,
  KeyMetadata,
  ModelMetadata,
  ReferentialAction,
  RelationField,
  ScalarField,
  ScalarType,
  SchemaMetadata,
  UnsupportedField,
} from './lib/schema/types.ts'
