import { openConnection } from '../connection/connection.ts'
import type { Connection } from '../connection/types.ts'
import { parseDatabaseUrl } from '../database-url.ts'
import { applyMigrations, type ApplyOptions, type ApplyResult } from './apply.ts'

/**
 * Removes everything from the database, the history included, and applies all migrations anew.
 *
 * The database itself stays, so that a running server goes on with the new tables. On PostgreSQL it is emptied of what stands in the
 * schema of the URL (`public`); extensions stay.
 */
export async function resetDatabase(options: ApplyOptions): Promise<ApplyResult> {
  await emptyDatabase(options)
  return await applyMigrations(options)
}

async function emptyDatabase({ root, url }: ApplyOptions): Promise<void> {
  await using connection = await openConnection(parseDatabaseUrl(url, root))
  if (connection.provider === 'sqlite') await emptySqlite(connection)
  else if (connection.provider === 'postgresql') await emptyPostgres(connection)
  else await emptyMysql(connection)
}

async function emptySqlite(connection: Connection): Promise<void> {
  await connection.transaction(async () => {
    // Views and triggers first: they may name tables that would be gone.
    for (const type of ['trigger', 'view', 'table']) {
      const found = await connection.rows<{ name: string }>(
        "SELECT name FROM sqlite_master WHERE type = ? AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY sql LIKE 'CREATE VIRTUAL%' DESC",
        type,
      )
      // A virtual table takes its shadow tables along.
      for (const { name } of found) await connection.exec(`DROP ${type} IF EXISTS ${connection.quote(name)}`)
    }
  })
  await connection.exec('VACUUM')
}

/** What belongs to an extension goes with that alone. */
const postgresObjects = `
  SELECT kind, oid::regclass::text AS name FROM (
    SELECT CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END AS kind, oid
    FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
  ) AS relations WHERE NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = relations.oid AND d.deptype = 'e')
  UNION ALL
  SELECT CASE prokind WHEN 'a' THEN 'AGGREGATE' WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END, oid::regprocedure::text
  FROM pg_proc p WHERE pronamespace = current_schema()::regnamespace AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
  UNION ALL
  SELECT 'TYPE', oid::regtype::text FROM pg_type t
  WHERE typnamespace = current_schema()::regnamespace AND typtype IN ('e', 'd') AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = t.oid AND d.deptype = 'e')`

async function emptyPostgres(connection: Connection): Promise<void> {
  await connection.transaction(async () => {
    for (const { kind, name } of await connection.rows<{ kind: string; name: string }>(postgresObjects))
      await connection.exec(`DROP ${kind} IF EXISTS ${name} CASCADE`)
  })
}

const mysqlObjects = `
  SELECT IF(table_type = 'VIEW', 'VIEW', 'TABLE') AS kind, table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()
  UNION ALL SELECT routine_type, routine_name FROM information_schema.routines WHERE routine_schema = DATABASE()
  UNION ALL SELECT 'EVENT', event_name FROM information_schema.events WHERE event_schema = DATABASE()`

async function emptyMysql(connection: Connection): Promise<void> {
  await connection.exec('SET foreign_key_checks = 0')
  for (const { kind, name } of await connection.rows<{ kind: string; name: string }>(mysqlObjects))
    await connection.exec(`DROP ${kind} IF EXISTS ${connection.quote(name)}`)
  await connection.exec('SET foreign_key_checks = 1')
}
