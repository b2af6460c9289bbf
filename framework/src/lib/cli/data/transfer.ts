import { createWriteStream } from 'node:fs'
import { rename } from 'node:fs/promises'
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import colors from 'picocolors'
import { openConnection } from '../../db/connection/connection.ts'
import type { Connection } from '../../db/connection/types.ts'
import { parseDatabaseUrl } from '../../db/database-url.ts'
import { readGeneratedSchema } from '../../db/generated.ts'
import type { MigrateOptions } from '../../db/migrate.ts'
import { dumpLines } from '../../db/transfer/dump.ts'
import { loadFile } from '../../db/transfer/load.ts'
import { confirm } from './ask.ts'
import { updatePermissions } from './permissions.ts'
import { ProgressLine } from './progress-line.ts'

export interface DumpFlags {
  output?: string
  /** Names with commas between. */
  models?: string
}

/** `hotclub dump`. */
export async function dump(project: MigrateOptions, { output, models }: DumpFlags): Promise<void> {
  const schema = await readGeneratedSchema(project.root)
  await using connection = await open(project)
  using line = new ProgressLine()
  const options = { onProgress: line.show, ...(models === undefined ? {} : { models: models.split(',').map((name) => name.trim()) }) }
  const lines = Readable.from(withNewlines(dumpLines(connection, schema, options)))
  if (output === undefined) await pipeline(lines, process.stdout, { end: false })
  else {
    // Under another name until it is whole.
    const part = `${output}.part`
    const steps: [Readable, ...Writable[]] = output.endsWith('.gz')
      ? [lines, createGzip(), createWriteStream(part)]
      : [lines, createWriteStream(part)]
    await pipeline(steps)
    await rename(part, output)
  }
  console.error(`${colors.green('✓')} ${rowsText(line.done)}${output === undefined ? '' : ` in ${output}`}.`)
}

async function* withNewlines(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`
}

export interface LoadFlags {
  truncate?: boolean
  resume?: boolean
  force?: boolean
}

/** `hotclub load`. */
export async function load(project: MigrateOptions, file: string, flags: LoadFlags): Promise<void> {
  const schema = await readGeneratedSchema(project.root)
  using line = new ProgressLine()
  const count = await withConnection(project, (connection) =>
    loadFile(connection, schema, file, {
      resume: flags.resume ?? false,
      onProgress: line.show,
      ...(schema.models['Permission'] ? { replaceable: schema.models['Permission'].table } : {}),
      ...(flags.truncate
        ? { truncate: async (tables) => flags.force === true || confirm(`Delete all rows of ${tables.join(', ')}?`, '--truncate --force') }
        : {}),
    }),
  )
  if (count === undefined) {
    console.log('Nothing was changed.')
    process.exitCode = 1
    return
  }
  console.log(`${colors.green('✓')} ${rowsText(count)} written.`)
  await updatePermissions(project, (text) => console.log(`${colors.green('✓')} ${text}`))
}

async function withConnection<T>(project: MigrateOptions, run: (connection: Connection) => Promise<T>): Promise<T> {
  await using connection = await open(project)
  return await run(connection)
}

function open({ url, root }: MigrateOptions): Promise<Connection> {
  return openConnection(parseDatabaseUrl(url, root), { create: false })
}

function rowsText(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'row' : 'rows'}`
}
