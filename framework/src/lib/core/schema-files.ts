import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { HotclubError } from './hotclub-error.ts'

/** The files of an app's Prisma schema. */
export interface SchemaFiles {
  /** What Prisma's own tools take as `--schema`: the file, or the folder of several. */
  path: string
  files: { path: string; content: string }[]
  /** All files in one text. Prisma's blocks may stand in any order, so it means the same. */
  text: string
}

/** Whether a schema has a model, judged by its text. @param name As Prisma has it: `User` */
export function hasModel({ text }: SchemaFiles, name: string): boolean {
  return new RegExp(`^\\s*model\\s+${name}\\s*\\{`, 'm').test(text)
}

/**
 * Reads the Prisma schema of a project: `prisma/schema.prisma` and every other `.prisma` file beside it.
 *
 * @param root The project's folder
 * @throws {HotclubError} `HC_SCHEMA` when there is none
 */
export function readSchema(root: string): SchemaFiles {
  const folder = join(root, 'prisma')
  const names = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.prisma'))
        .toSorted()
    : []
  if (names.length === 0)
    throw new HotclubError('HC_SCHEMA', {
      where: 'prisma/schema.prisma',
      message: 'The project has no Prisma schema.',
      hint: 'Create prisma/schema.prisma with a datasource, the generators and a model.',
    })
  const files = names.map((name) => ({ path: join(folder, name), content: readFileSync(join(folder, name), 'utf8') }))
  return {
    path: files.length === 1 ? files[0]!.path : folder,
    files,
    text: files.map((file) => `${file.content.trimEnd()}\n`).join('\n'),
  }
}

/** Prisma's report without its colours and preamble, at the place it names. */
export function schemaError(output: string, root: string): HotclubError {
  const text = stripVTControlCharacters(output)
  const place = /-->\s+(\S+\.prisma:\d+)/.exec(text)?.[1]
  const message = text
    .split('\n')
    .filter(
      (line) =>
        !/^(Prisma schema loaded|Error:\s*$|✔ Generated|Error code: |Validation Error Count|\[Context: |Prisma CLI Version)/.test(line) &&
        line.trim() !== '|',
    )
    .join('\n')
    .trim()
  return new HotclubError('HC_SCHEMA', {
    where: place ? relative(root, join(root, place)) : 'prisma/schema.prisma',
    message: message || 'Prisma could not generate the client.',
    hint: 'Mend the schema and run `hotclub generate` again.',
  })
}
