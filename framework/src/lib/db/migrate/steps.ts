/**
 * Running a migration statement by statement, where no transaction can hold it: MySQL commits at each change of a table. What is done is
 * counted in the history, so that after a failure it goes on from there.
 */
import { createHash, randomUUID } from 'node:crypto'
import { HotclubError } from '../../core/hotclub-error.ts'
import type { Connection } from '../connection/types.ts'
import { refusalOf, statementFailure } from './failure.ts'
import type { Migration } from './folder.ts'
import { ensureHistory, readHistory, type HistoryRow } from './history.ts'
import type { Script } from './run-script.ts'
import { sqlTime } from './sql-time.ts'
import { changesRowsOnly, type Statement } from './statements.ts'

/** How far a migration has come: what the column `logs` of the history holds until it is finished. */
export interface Progress {
  /** How many statements are done. */
  done: number
  of: number
  /** Of the statements that are done: they may no longer change. */
  hash: string
  /** Whether the next one was begun, and nobody knows what became of it. */
  isRunning: boolean
  /** What the database said of the next one. */
  error?: string
}

/** Reads the progress of a migration that failed; `undefined` where another tool began it. */
export function parseProgress(logs: string | null): Progress | undefined {
  if (!logs?.startsWith('{"done":')) return undefined
  return JSON.parse(logs) as Progress
}

/** What is known of a migration that was begun and not finished, in words. */
export function describeFailure({ logs }: HistoryRow): string {
  const progress = parseProgress(logs)
  if (!progress) return 'begun by another tool and not finished'
  const state = `${progress.done} of ${progress.of} statements are done`
  if (progress.error) return `${state}; of the next one: ${progress.error}`
  return progress.isRunning ? `${state}; the next one was running when its process ended` : `${state}; its process ended`
}

/**
 * Runs the statements that are not done yet, and remembers the migration as applied.
 *
 * @param finish What else belongs to it; in one transaction with its being remembered
 * @throws {HotclubError} `HC_MIGRATION_FAILED` naming the statement and what was done before it; run again, it goes on there
 */
export async function runSteps(connection: Connection, migration: Migration, script: Script, finish: () => Promise<void>): Promise<void> {
  const { statements, where } = script
  await ensureHistory(connection)
  const earlier = (await readHistory(connection)).find((row) => row.name === migration.name)
  const progress = parseProgress(earlier?.logs ?? null)
  if (progress) refuseChanged(progress, script, migration)
  else if (!earlier) await begin(connection, migration)
  const done = progress?.done ?? 0
  const save = (at: number, more: Partial<Progress>): Promise<void> =>
    saveProgress(connection, migration, {
      done: at,
      of: statements.length,
      hash: hashOf(statements.slice(0, at)),
      isRunning: false,
      ...more,
    })

  for (const [index, statement] of statements.entries()) {
    if (index < done) continue
    try {
      if (connection.provider === 'mysql' && changesRowsOnly(statement))
        await connection.transaction(async () => {
          await connection.rows(statement.sql)
          await save(index + 1, {})
        })
      else {
        await save(index, { isRunning: true })
        await runUnlessDone(connection, statement, index === done && progress?.isRunning === true)
        await save(index + 1, {})
      }
    } catch (cause) {
      await save(index, { error: refusalOf(cause) }).catch(() => {})
      throw statementFailure(where, statement, refusalOf(cause), hintAfter(index, statements.length, migration), cause)
    }
  }
  await connection.transaction(async () => {
    await finish()
    await connection.rows(
      `UPDATE _prisma_migrations SET finished_at = ?, applied_steps_count = 1, checksum = ?, logs = NULL
       WHERE migration_name = ? AND finished_at IS NULL AND rolled_back_at IS NULL`,
      sqlTime(connection.provider, new Date()),
      migration.checksum,
      migration.name,
    )
  })
}

async function begin(connection: Connection, { name, checksum }: Migration): Promise<void> {
  await connection.rows(
    'INSERT INTO _prisma_migrations (id, checksum, started_at, migration_name) VALUES (?, ?, ?, ?)',
    randomUUID(),
    checksum,
    sqlTime(connection.provider, new Date()),
    name,
  )
}

async function saveProgress(connection: Connection, { name }: Migration, progress: Progress): Promise<void> {
  await connection.rows(
    'UPDATE _prisma_migrations SET logs = ? WHERE migration_name = ? AND finished_at IS NULL AND rolled_back_at IS NULL',
    JSON.stringify(progress),
    name,
  )
}

/** What MySQL says of a table, column or key that is there already, or already gone. */
const alreadyDone = new Set([1050, 1051, 1054, 1060, 1061, 1068, 1091, 1826])

/** A statement that was running when its process ended may be done: a refusal that says so is right then. */
async function runUnlessDone(connection: Connection, { sql }: Statement, mayBeDone: boolean): Promise<void> {
  try {
    await connection.rows(sql)
  } catch (error) {
    const number = error instanceof Error && 'errno' in error ? error.errno : undefined
    if (!mayBeDone || typeof number !== 'number' || !alreadyDone.has(number)) throw error
  }
}

function refuseChanged(progress: Progress, { statements, where }: Script, { name }: Migration): void {
  if (progress.hash === hashOf(statements.slice(0, progress.done))) return
  throw new HotclubError('HC_MIGRATION_HISTORY', {
    where,
    message: `Its first ${progress.done === 1 ? 'statement is' : `${progress.done} statements are`} done, and the file has others there now.`,
    hint: `Put them back and change only what follows; or undo by hand what they did and run \`hotclub migrate resolve --rolled-back ${name}\`.`,
  })
}

function hashOf(statements: readonly Statement[]): string {
  return createHash('sha256')
    .update(JSON.stringify(statements.map(({ sql }) => sql)))
    .digest('hex')
    .slice(0, 16)
}

function hintAfter(done: number, count: number, { name }: Migration): string {
  const before =
    done === 0
      ? 'Nothing was done before it'
      : done === 1
        ? 'The statement before it was done and stays'
        : `The ${done} statements before it were done and stay`
  return (
    `${before} (${done} of ${count}). Mend this one, in the file or in the database, and run \`hotclub migrate apply\` again: it goes on here. ` +
    `If you undo what was done instead, run \`hotclub migrate resolve --rolled-back ${name}\`.`
  )
}
