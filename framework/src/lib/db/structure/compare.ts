import type { DatabaseStructure, TableStructure } from './types.ts'

/** How two structures differ, in words; empty when they are the same. The order of columns does not count. */
export function compareStructures(left: DatabaseStructure, right: DatabaseStructure): string[] {
  const differences: string[] = []
  const [lefts, rights] = [left, right].map((structure) => new Map(structure.tables.map((table) => [table.name, table])))
  for (const name of new Set([...lefts!.keys(), ...rights!.keys()])) {
    const [a, b] = [lefts!.get(name), rights!.get(name)]
    if (!a || !b) differences.push(`table ${name} is ${a ? 'too much' : 'missing'}`)
    else if (describe(a) !== describe(b)) differences.push(`table ${name} is\n${describe(a)}\ninstead of\n${describe(b)}`)
  }
  const [types, others] = [left, right].map((structure) => JSON.stringify(structure.enums))
  if (types !== others) differences.push(`enums are ${types} instead of ${others}`)
  return differences
}

function describe(table: TableStructure): string {
  const sorted = (list: readonly object[]): string[] => list.map((item) => JSON.stringify(item)).toSorted()
  return [...sorted(table.columns), JSON.stringify(table.primaryKey), ...sorted(table.indexes), ...sorted(table.foreignKeys)].join('\n')
}
