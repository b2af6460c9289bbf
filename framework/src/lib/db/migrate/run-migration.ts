import type { Connection } from '../connection/types.ts'
import { refusalOf, statementFailure } from './failure.ts'
import type { Migration } from './folder.ts'
import { recordApplied } from './history.ts'
import { runScript, type Script } from './run-script.ts'
import { addedEnumValue, refusesTransaction } from './statements.ts'
import { runSteps } from './steps.ts'

/**
 * Runs a migration with its row of the history: in one transaction, or statement by statement where the database cannot do that.
 *
 * @param isPending Asked under the lock, just before it runs
 * @param finish What belongs to it after its SQL
 * @returns Whether it was pending
 */
export async function runMigration(
  connection: Connection,
  migration: Migration,
  script: Script,
  isPending: () => Promise<boolean>,
  finish: () => Promise<void>,
): Promise<boolean> {
  if (connection.provider === 'mysql' || (connection.provider === 'postgresql' && script.statements.some(refusesTransaction))) {
    if (!(await isPending())) return false
    await runSteps(connection, migration, script, finish)
    return true
  }
  const rest = connection.provider === 'postgresql' ? await addEnumValues(connection, script, isPending) : script
  return await connection.transaction(async () => {
    if (!(await isPending())) return false
    const startedAt = new Date()
    await runScript(connection, rest)
    await finish()
    await recordApplied(connection, migration, startedAt)
    return true
  })
}

/**
 * Adds new values of enums beforehand, as the same transaction might not use them. Should the rest fail, an enum has a value more that nothing
 * uses, and running it again does no harm.
 *
 * @returns What is left to run
 */
async function addEnumValues(connection: Connection, script: Script, isPending: () => Promise<boolean>): Promise<Script> {
  const values = script.statements.filter((statement) => addedEnumValue(statement) !== undefined)
  if (values.length === 0 || !(await isPending())) return script
  for (const statement of values) {
    try {
      await connection.exec(addedEnumValue(statement)!)
    } catch (cause) {
      throw statementFailure(
        script.where,
        statement,
        refusalOf(cause),
        'New values of an enum are added before the rest of a migration. If the enum is made or renamed in this one, do that in a migration before.',
        cause,
      )
    }
  }
  return { ...script, statements: script.statements.filter((statement) => !values.includes(statement)) }
}
