/** The app's schema as Prisma's generators get it where `DATABASE_URL` names another kind of database than the schema. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import type { SchemaFiles } from '../core/schema-files.ts'
import { withProvider } from './with-provider.ts'

/** Where the copy is, from the project's folder. */
export const copyDirectory = '.hotclub/schema'

/** The provider that a schema names; `undefined` without a datasource. */
export function providerOf(text: string): string | undefined {
  return /^\s*datasource\s+\w+\s*\{[^}]*?^\s*provider\s*=\s*"([^"]*)"/m.exec(text)?.[1]
}

/**
 * Writes the copy, line by line as the original.
 *
 * @returns What Prisma takes as `--schema`: the file, or the folder of several
 */
export function writeSchemaCopy(root: string, schema: SchemaFiles, provider: string): string {
  const folder = join(root, copyDirectory)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const { path, content } of schema.files)
    writeFileSync(join(folder, basename(path)), withProvider(withOutputs(content, dirname(path), folder), provider))
  return schema.files.length === 1 ? join(folder, basename(schema.path)) : folder
}

/** Outputs of generators are relative to the schema, and must be what they were from another folder. */
function withOutputs(content: string, from: string, to: string): string {
  return content.replace(
    /^(\s*output\s*=\s*)"([^"]*)"/gm,
    (_, before: string, output: string) => `${before}"${relative(to, resolve(from, output)).replaceAll(sep, '/')}"`,
  )
}
