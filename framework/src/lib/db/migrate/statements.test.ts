import { describe, expect, it } from 'vitest'
import { controlsTransaction, splitStatements } from './statements.ts'

const split = (sql: string): string[] => splitStatements(sql).map((statement) => statement.sql)

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

  it('says on which line each begins', () => {
    expect(splitStatements('-- one\nSELECT 1;\n\n  SELECT\n2;\nSELECT 3').map((statement) => statement.line)).toEqual([2, 4, 6])
  })
})

describe('controlsTransaction', () => {
  it('finds what would end the transaction of a migration, and leaves savepoints alone', () => {
    const controls = (sql: string): boolean => controlsTransaction({ sql, line: 1 })
    expect(['begin immediate', 'COMMIT', 'End', 'ROLLBACK'].map(controls)).toEqual([true, true, true, true])
    expect(['ROLLBACK TO a', 'SAVEPOINT a', 'BEGINNING'].map(controls)).toEqual([false, false, false])
  })
})
