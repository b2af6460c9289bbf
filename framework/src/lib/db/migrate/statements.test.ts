import { describe, expect, it } from 'vitest'
import type { Provider } from '../database-url.ts'
import { addedEnumValue, controlsTransaction, refusesTransaction, splitStatements } from './statements.ts'

const split = (sql: string, provider: Provider = 'sqlite'): string[] => splitStatements(sql, provider).map((statement) => statement.sql)

describe('splitStatements', () => {
  it('splits at semicolons and leaves out what is empty', () => {
    expect(split('SELECT 1;\n\n;SELECT 2')).toEqual(['SELECT 1', 'SELECT 2'])
  })

  it('keeps semicolons in strings, names and comments together', () => {
    expect(split(`INSERT INTO a VALUES ('x;y''z;'); SELECT ";", \`;\`, [;] -- ;\n/* ; */ FROM b;`)).toEqual([
      `INSERT INTO a VALUES ('x;y''z;')`,
      'SELECT ";", `;`, [;]  \n  FROM b',
    ])
  })

  it('keeps the body of a trigger together', () => {
    const trigger = 'CREATE TRIGGER t AFTER INSERT ON a BEGIN\n UPDATE a SET n = CASE WHEN 1 THEN 2 END; DELETE FROM b; END'
    expect(split(`${trigger};\nSELECT 1;`)).toEqual([trigger, 'SELECT 1'])
    expect(split('CREATE TABLE begin_end (a TEXT); SELECT 1')).toHaveLength(2)
  })

  it('knows the quotes, comments and bodies of PostgreSQL', () => {
    const body = `CREATE FUNCTION f() RETURNS int AS $body$ BEGIN; SELECT '$$;'; END; $body$ LANGUAGE sql`
    expect(split(`${body};SELECT E'it\\'s;', 'a\\';SELECT $$;$$, a[1];`, 'postgresql')).toEqual([
      body,
      `SELECT E'it\\'s;', 'a\\'`,
      'SELECT $$;$$, a[1]',
    ])
    const atomic = 'CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 2 END; END'
    expect(split(`${atomic}; SELECT 1`, 'postgresql')).toEqual([atomic, 'SELECT 1'])
  })

  it('knows those of MySQL', () => {
    expect(split(`SELECT 'it\\'s;', "a;\\"", \`b;\`\`\`; # no; more\nSELECT 1--1; -- ;\nSELECT 2`, 'mysql')).toEqual([
      `SELECT 'it\\'s;', "a;\\"", \`b;\`\`\``,
      'SELECT 1--1',
      'SELECT 2',
    ])
    const body =
      'CREATE DEFINER = root PROCEDURE p() BEGIN IF a THEN SELECT 1; END IF; CASE a WHEN 1 THEN SELECT 2; END CASE; WHILE a DO SET a = 1; END WHILE; END'
    expect(split(`${body}; SELECT 1`, 'mysql')).toEqual([body, 'SELECT 1'])
  })

  it('says on which line each begins', () => {
    expect(splitStatements('-- one\nSELECT 1;\n\n  SELECT\n2;\nSELECT 3', 'sqlite').map((statement) => statement.line)).toEqual([2, 4, 6])
  })
})

describe('controlsTransaction', () => {
  it('finds what would end the transaction of a migration, and leaves savepoints alone', () => {
    const controls = (sql: string): boolean => controlsTransaction({ sql, line: 1 })
    expect(['begin immediate', 'COMMIT', 'End', 'ROLLBACK'].map(controls)).toEqual([true, true, true, true])
    expect(['ROLLBACK TO a', 'SAVEPOINT a', 'BEGINNING'].map(controls)).toEqual([false, false, false])
  })
})

describe('refusesTransaction', () => {
  it('knows what PostgreSQL does alone', () => {
    const refuses = (sql: string): boolean => refusesTransaction({ sql, line: 1 })
    expect(
      ['CREATE UNIQUE INDEX CONCURRENTLY a ON b (c)', 'drop index concurrently a', 'VACUUM', 'REINDEX TABLE CONCURRENTLY a'].map(refuses),
    ).toEqual([true, true, true, true])
    expect(['CREATE INDEX a ON b (c)', "UPDATE a SET b = 'vacuum'"].map(refuses)).toEqual([false, false])
  })
})

describe('addedEnumValue', () => {
  it('makes a statement that may run twice', () => {
    const added = (sql: string): string | undefined => addedEnumValue({ sql, line: 1 })
    expect(added(`ALTER TYPE "Kind" ADD VALUE 'C'`)).toBe(`ALTER TYPE "Kind" ADD VALUE IF NOT EXISTS 'C'`)
    expect(added(`alter type a.b add value if not exists 'C' before 'D'`)).toBe(`alter type a.b add value IF NOT EXISTS 'C' before 'D'`)
    expect(added('ALTER TYPE "Kind" RENAME TO "Sort"')).toBeUndefined()
  })
})
