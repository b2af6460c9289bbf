import type { SchemaMetadata } from '../../schema/types.ts'
import { databaseMessage } from '../connection/open-error.ts'
import type { Connection } from '../connection/types.ts'
import { beginCheckpoint, endCheckpoint, readCheckpoint, saveCheckpoint, type Checkpoint } from './checkpoint.ts'
import { setCounters } from './counters.ts'
import { parseHeader, type Section } from './format.ts'
import { readLines } from './lines.ts'
import { loadError } from './load-error.ts'
import type { Progress } from './progress.ts'
import { prepareSession, requireSound } from './session.ts'
import { fitTarget, type Target } from './target.ts'
import { emptyTarget, filledTables } from './truncate.ts'
import type { FileValue } from './values.ts'
import { completeRows, insertRows, type FileRow, type Sink } from './write-rows.ts'

export interface LoadOptions {
  /** Deletes the rows that are there; asked with the names of the tables that have some (default: refuses). */
  truncate?: (tables: string[]) => boolean | Promise<boolean>
  /** Goes on where an interrupted load has stopped (default: `false`). */
  resume?: boolean
  /** A table whose rows Hotclub writes by itself: they make way without a question. */
  replaceable?: string
  onProgress?: (progress: Progress) => void
}

/** How many rows one transaction writes, and how many characters of the file at most (give or take a row). */
const batchRows = 1_000
const batchCharacters = 4_000_000

/**
 * Writes the rows of a file of `hotclub dump` into a database that has the tables of the schema.
 *
 * Rows go in by the thousand, each thousand a transaction with a note of how far it came. What fails or is stopped goes on with `resume`.
 *
 * @returns How many rows were written; `undefined` when `truncate` said no
 * @throws {HotclubError} `HC_LOAD` when the file does not fit, holds something that the database refuses, or the database is not empty
 */
export async function loadFile(
  connection: Connection,
  schema: SchemaMetadata,
  file: string,
  options: LoadOptions = {},
): Promise<number | undefined> {
  const { resume = false, onProgress } = options
  const header = parseHeader(await firstLine(file), file)
  const target = fitTarget(header, schema, file)
  const found = await readCheckpoint(connection)
  const restore = await prepareSession(connection, target)
  try {
    if (resume) requireCheckpoint(found, header.id, file)
    else if (!(await makeRoom(connection, target, found, options))) return undefined
    else await beginCheckpoint(connection, { dump: header.id, pass: 1, line: 0 })
    const checkpoint = resume ? found! : { dump: header.id, pass: 1, line: 0 }
    const total = target.sinks.reduce((sum, sink) => sum + sink.rows, 0)
    const passes = [1, 2].filter((pass) => pass >= checkpoint.pass && (pass === 1 || target.sinks.some((sink) => sink.later.length > 0)))
    for (const pass of passes)
      await runPass(connection, file, target, { pass, from: pass === checkpoint.pass ? checkpoint.line : 0, total, onProgress })
    await requireSound(connection, target, file)
    for (const model of target.models) await setCounters(connection, model)
    await endCheckpoint(connection)
    return total
  } finally {
    await restore()
  }
}

async function firstLine(file: string): Promise<string | undefined> {
  for await (const line of readLines(file)) return line
  return undefined
}

function requireCheckpoint(found: Checkpoint | undefined, dump: string, file: string): void {
  if (found?.dump === dump) return
  throw loadError(
    file,
    found ? 'The load that was interrupted was that of another file.' : 'There is nothing to go on with: no load was interrupted here.',
    found ? 'Give that file, or begin anew with --truncate.' : 'Leave --resume out.',
  )
}

/** Sees to it that the tables are empty; whether they are now. */
async function makeRoom(
  connection: Connection,
  target: Target,
  found: Checkpoint | undefined,
  { truncate, replaceable }: LoadOptions,
): Promise<boolean> {
  const filled = await filledTables(connection, target)
  const foreign = filled.filter((table) => table !== replaceable)
  if (foreign.length > 0 && truncate === undefined)
    throw loadError(
      foreign.join(', '),
      found ? 'A load was interrupted, and its rows are there.' : 'The database holds rows already.',
      found ? 'Go on with --resume, or begin anew with --truncate.' : 'Load into an empty database, or delete these rows with --truncate.',
    )
  if (foreign.length > 0 && !(await truncate!(foreign))) return false
  if (filled.length > 0) await emptyTarget(connection, target)
  return true
}

interface PassOptions {
  pass: number
  /** Lines that are done already. */
  from: number
  total: number
  onProgress: LoadOptions['onProgress']
}

async function runPass(
  connection: Connection,
  file: string,
  target: Target,
  { pass, from, total, onProgress }: PassOptions,
): Promise<void> {
  const seen = new Map<Sink, number>()
  let sink: Target['sinks'][number] | undefined
  let line = 0
  let done = 0
  let rows: FileRow[] = []
  let characters = 0
  const flush = async (): Promise<void> => {
    if (rows.length > 0) await writeBatch(connection, file, sink!, rows, pass)
    rows = []
    characters = 0
    if (sink) onProgress?.({ name: sink.name, done, total })
  }
  for await (const text of readLines(file)) {
    line++
    if (line === 1 || text === '') continue
    if (text.startsWith('{')) {
      await flush()
      const section = JSON.stringify(parse<Section>(text, file, line))
      sink = target.sinks.find((candidate) => JSON.stringify(candidate.section) === section)
      continue
    }
    done++
    if (sink) seen.set(sink, (seen.get(sink) ?? 0) + 1)
    if (line <= from || !sink || (pass === 2 && sink.later.length === 0)) continue
    rows.push({ values: parse<FileValue[]>(text, file, line), line })
    characters += text.length
    if (rows.length >= batchRows || characters >= batchCharacters) await flush()
  }
  await flush()
  for (const each of target.sinks) {
    const count = seen.get(each) ?? 0
    if (count !== each.rows)
      throw loadError(
        `${file}:${line}`,
        `The file is cut off: ${each.name} has ${count} of ${each.rows} rows.`,
        'Copy it again, or dump it again.',
      )
  }
}

function parse<T>(text: string, file: string, line: number): T {
  try {
    return JSON.parse(text) as T
  } catch (cause) {
    throw loadError(`${file}:${line}`, 'The line is no JSON: the file is cut off or damaged.', 'Copy it again, or dump it again.', cause)
  }
}

async function writeBatch(connection: Connection, file: string, sink: Sink, rows: readonly FileRow[], pass: number): Promise<void> {
  const write = pass === 1 ? insertRows : completeRows
  const line = rows.at(-1)!.line
  try {
    await connection.transaction(async () => {
      await write(connection, sink, rows)
      await saveCheckpoint(connection, { pass, line })
    })
  } catch (error) {
    const { row, cause } = (await findRefused(connection, sink, rows, write)) ?? { row: rows[0]!, cause: error }
    throw loadError(
      `${file}:${row.line}`,
      `A row of ${sink.name} was refused: ${databaseMessage(cause)}`,
      'Rows before it are written. Mend the row or what stands in its way, and go on with --resume.',
      cause,
    )
  }
}

/** Writes rows one by one, and takes them back, to learn which one is refused. */
async function findRefused(
  connection: Connection,
  sink: Sink,
  rows: readonly FileRow[],
  write: typeof insertRows,
): Promise<{ row: FileRow; cause: unknown } | undefined> {
  let row = rows[0]!
  let areTaken = false
  try {
    await connection.transaction(async () => {
      for (row of rows) await write(connection, sink, [row])
      areTaken = true
      throw new Error('Whatever was in the way is gone; this only takes the rows back.')
    })
  } catch (cause) {
    return areTaken ? undefined : { row, cause }
  }
}
