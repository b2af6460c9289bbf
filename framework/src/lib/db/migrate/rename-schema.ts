/** New names in the text of a schema. */
import type { Rename } from './renames.ts'

/**
 * Returns a schema in which a table or column has a new name in the database: a field keeps its name, a model takes the new
 * one where the target schema has a model of that name, for then other tables are called after it.
 * `undefined` when no model or field has the old name (as of a table between two models).
 */
export function withRename(schema: string, rename: Rename, target: string): string | undefined {
  const lines = schema.split('\n')
  for (const [start, end] of modelBlocks(lines)) {
    const body = lines.slice(start, end + 1)
    const mapLine = body.findIndex((line) => /^\s*@@map\(/.test(line))
    const modelName = /^\s*model\s+(\w+)/.exec(body[0]!)![1]!
    const table = mapLine === -1 ? modelName : mapped(body[mapLine]!)
    if (table !== rename.table) continue
    if (rename.column === undefined) {
      if (mapLine === -1 && new RegExp(`^\\s*model\\s+${rename.to}\\s*\\{`, 'm').test(target))
        return renameModel(lines, modelName, rename.to)
      if (mapLine !== -1) body.splice(mapLine, 1)
      body.splice(body.length - 1, 0, `  @@map(${JSON.stringify(rename.to)})`)
    } else {
      const field = body.findIndex((line, i) => i > 0 && /^\s*\w+\s+\w/.test(line) && columnOf(line) === rename.column)
      if (field === -1) return undefined
      const bare = body[field]!.replace(/\s*\/\/.*$/, '').replace(/(?<!@)@map\([^)]*\)/, '')
      body[field] = `${bare.trimEnd()} @map(${JSON.stringify(rename.to)})`
    }
    return [...lines.slice(0, start), ...body, ...lines.slice(end + 1)].join('\n')
  }
  return undefined
}

function renameModel(lines: string[], name: string, to: string): string {
  const place = new RegExp(`^(\\s*(?:model|\\w+)\\s+)${name}\\b`)
  return lines.map((line) => line.replace(place, (_, before: string) => before + to)).join('\n')
}

function modelBlocks(lines: string[]): [start: number, end: number][] {
  return lines.flatMap((line, start): [number, number][] => {
    if (!/^\s*model\s+\w+\s*\{/.test(line)) return []
    const length = lines.slice(start).findIndex((other) => /^\s*\}/.test(other))
    return length === -1 ? [] : [[start, start + length]]
  })
}

function columnOf(line: string): string {
  const code = line.replace(/\s*\/\/.*$/, '')
  return /(?<!@)@map\(/.test(code) ? mapped(code) : /^\s*(\w+)/.exec(code)![1]!
}

function mapped(line: string): string {
  return /@map\(\s*(?:name:\s*)?"([^"]*)"/.exec(line)?.[1] ?? ''
}
