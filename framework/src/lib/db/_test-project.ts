/** For tests of this area: a project in a temporary folder, with a Prisma schema and a client of its own. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { generateFor } from './generate.ts'

const repository = join(import.meta.dirname, '../../../..')

export interface TestProject {
  root: string
  url: string
  file: string
  write(path: string, content: string): void
  remove(): void
}

/** A project whose `prisma/schema.prisma` has a SQLite datasource, the usual generators and `models`. */
export function createTestProject(models: string): TestProject {
  const root = mkdtempSync(join(tmpdir(), 'hotclub-db-'))
  const write = (path: string, content: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'), 'dir')
  write('package.json', '{ "type": "module" }')
  write('prisma/schema.prisma', schemaText(models))
  return {
    root,
    url: 'file:./prisma/test.db',
    file: join(root, 'prisma/test.db'),
    write,
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}

/** A whole schema around some models. */
export function schemaText(models: string): string {
  return `generator client {
  provider = "prisma-client"
  output = "generated/client"
  importFileExtension = "ts"
}
generator hotclub {
  provider = "hotclub-prisma-generator"
  output = "generated/metadata.ts"
}
datasource db {
  provider = "sqlite"
}
${models}
`
}

/** Generates and imports something from `prisma/generated`. */
export async function loadGenerated<T>(project: TestProject, path: string): Promise<T> {
  await generateFor(project)
  return (await import(pathToFileURL(join(project.root, 'prisma/generated', path)).href)) as T
}
