/** A Prisma schema for a database that is there already. */
import type { Provider } from './database-url.ts'
import type { Connection } from './connection/types.ts'
import { draftSchema } from './inspect/build.ts'
import type { SchemaDraft } from './inspect/draft.ts'
import { printSchema } from './inspect/print.ts'
import { readStructure } from './structure/read.ts'

/** What a database looks like in Prisma's terms. */
export interface Inspection {
  provider: Provider
  /** The text of the schema, with generators and datasource. */
  schema: string
  /** How many models it has, and which of them the client leaves out. */
  models: number
  ignored: string[]
}

const generators = `generator client {
  provider            = "prisma-client"
  output              = "generated/client"
  runtime             = "nodejs"
  moduleFormat        = "esm"
  importFileExtension = "ts"
}

generator hotclub {
  provider = "hotclub-prisma-generator"
  output   = "generated/metadata.ts"
}
`

/**
 * Reads a database and writes the Prisma schema that describes it. Nothing in the database changes.
 *
 * @param existing The schema that the new one takes the place of: its generators are kept
 */
export async function inspectDatabase(connection: Connection, existing?: string): Promise<Inspection> {
  const draft = draftSchema(await readStructure(connection))
  return {
    provider: draft.provider,
    schema: wholeSchema(draft, existing),
    models: draft.models.length,
    ignored: draft.models.filter((model) => model.isIgnored).map((model) => model.name),
  }
}

function wholeSchema(draft: SchemaDraft, existing = ''): string {
  const kept = existing.match(/^generator\s+\w+\s*\{[^}]*\}\n?/gm)?.join('\n')
  return `${kept ?? generators}\ndatasource db {\n  provider = "${draft.provider}"\n}\n\n${printSchema(draft)}`
}
