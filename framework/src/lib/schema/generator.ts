import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import helper from '@prisma/generator-helper'
import { generatorVersion, toMetadata } from './metadata.ts'
import { permissionsOf } from './permissions.ts'
import type { SchemaMetadata } from './types.ts'

/** The text of `prisma/generated/metadata.ts`. */
export function renderMetadata(metadata: SchemaMetadata): string {
  return `// Written by \`hotclub generate\` from the Prisma schema. Edit the schema instead.
import type { SchemaMetadata } from 'hotclub/db'

/** Every model and enum of the schema by name. */
export const metadata: SchemaMetadata = ${JSON.stringify(metadata, null, 2)}

/** Every permission there is. */
export type PermissionName =${
    permissionsOf(metadata)
      .map(({ name }) => `\n  | '${name}'`)
      .join('') || ' never'
  }
`
}

/** Answers Prisma's CLI as the generator `hotclub-prisma-generator` (JSON-RPC over stdio). */
export function runGenerator(): void {
  helper.generatorHandler({
    onManifest: () => ({ prettyName: 'Hotclub model metadata', defaultOutput: 'generated/metadata.ts', version: generatorVersion }),
    async onGenerate({ generator, dmmf, datasources }) {
      const file = generator.output?.value
      if (!file) throw new Error('The hotclub generator needs an output, such as output = "generated/metadata.ts".')
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, renderMetadata(toMetadata(dmmf.datamodel, datasources[0]?.provider ?? 'sqlite')))
    },
  })
}
