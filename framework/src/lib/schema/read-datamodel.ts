import type { DMMF } from '@prisma/generator-helper'
import { createRequire } from 'node:module'
import { schemaError } from '../core/schema-files.ts'

/** What is used of Prisma's reader of schemas, compiled to WebAssembly. */
interface Reader {
  get_dmmf(params: string): string
}

/** What a schema says, and what Prisma's own description of it leaves out. */
export interface SchemaDatamodel {
  models: readonly DMMF.Model[]
  enums: readonly DMMF.DatamodelEnum[]
  indexes: readonly DMMF.Index[]
  /** The types of fields that Prisma has no name for, by `Model.field`: `point`. */
  unsupported: ReadonlyMap<string, string>
  /** The names given to foreign keys (`@relation(map: "…")`), by `Model.field`. */
  foreignKeyNames: ReadonlyMap<string, string>
}

/**
 * Reads the text of a Prisma schema, what `@ignore` hides from the client included; views are left out.
 *
 * Takes about a millisecond for a schema of fifty models.
 *
 * @throws {HotclubError} `HC_SCHEMA` with Prisma's explanation when the schema is wrong
 */
export function readDatamodel(text: string): SchemaDatamodel {
  // First as it is: a mistake is to be told at its own place.
  const plain = describe(text)
  const unsupported = new Map<string, string>()
  const foreignKeyNames = new Map<string, string>()
  const views = new Set<string>()
  const whole = text.replace(/^[ \t]*(model|view)\s+(\w+)\s*\{[\s\S]*?^[ \t]*\}/gm, (block: string, kind: string, model: string) => {
    if (kind === 'view') views.add(model)
    for (const [, field, name] of block.matchAll(/^[ \t]*(\w+)\s+\w+\??[^\n]*?@relation\([^)]*?\bmap:\s*"([^"]+)"/gm))
      foreignKeyNames.set(`${model}.${field}`, name!)
    return block
      .replace(/^([ \t]*(\w+)\s+)Unsupported\("((?:[^"\\]|\\.)*)"\)/gm, (_, before: string, field: string, type: string) => {
        unsupported.set(`${model}.${field}`, JSON.parse(`"${type}"`) as string)
        return `${before}String`
      })
      .replace(/@@?ignore\b/g, '')
  })
  const datamodel = (whole === text ? undefined : describeIfRight(whole)) ?? plain
  return { ...datamodel, models: datamodel.models.filter((model) => !views.has(model.name)), unsupported, foreignKeyNames }
}

function describe(text: string): DMMF.Datamodel {
  const reader = createRequire(import.meta.url)('@prisma/prisma-schema-wasm') as Reader
  try {
    const dmmf = JSON.parse(reader.get_dmmf(JSON.stringify({ prismaSchema: [['prisma/schema.prisma', text]] }))) as DMMF.Document
    return dmmf.datamodel
  } catch (error) {
    throw schemaError(reportOf(error), '.')
  }
}

/** A model without a key may only stand there ignored: then the schema counts as it was written. */
function describeIfRight(text: string): DMMF.Datamodel | undefined {
  try {
    return describe(text)
  } catch {
    return undefined
  }
}

/** The reader's errors are JSON in a message. */
function reportOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message.startsWith('{') ? (JSON.parse(message) as { message: string }).message : message
}
