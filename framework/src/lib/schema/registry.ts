/** The app's model metadata, for what has to know it at run time. The generated server entry sets it before any route is loaded. */
import { HotclubError } from '../core/hotclub-error.ts'
import type { ModelMetadata, SchemaMetadata } from './types.ts'

// On `globalThis`, because the built app carries its own copy of the framework.
const key = Symbol.for('hotclub.schema')
const registry: typeof globalThis & { [key]?: SchemaMetadata | undefined } = globalThis

/** Makes `schema` (the `metadata` of `prisma/generated/metadata.ts`) the one that model forms are made of. */
export function setSchema(schema: SchemaMetadata | undefined): void {
  registry[key] = schema
}

/** Returns the app's model metadata; `undefined` in an app without a database. */
export function getSchema(): SchemaMetadata | undefined {
  return registry[key]
}

/**
 * Finds a model by the name it has on the client: `review` of `db.review`.
 *
 * @throws {HotclubError} `HC_MODEL` when there is none
 */
export function modelByDelegate(delegate: string): ModelMetadata {
  const models = Object.values(getSchema()?.models ?? {})
  const model = models.find((candidate) => candidate.delegate === delegate)
  if (model) return model
  throw new HotclubError('HC_MODEL', {
    message: `The schema has no model '${delegate}'.`,
    hint:
      models.length > 0
        ? `There are ${models.map((candidate) => candidate.delegate).join(', ')}.`
        : 'Run `hotclub generate`; a test calls setSchema(metadata) with what it wrote.',
  })
}
