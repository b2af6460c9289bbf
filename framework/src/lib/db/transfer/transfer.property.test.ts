import fc from 'fast-check'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { SchemaMetadata } from '../../schema/types.ts'
import { newDatabase, providers, type TestDatabase } from '../connection/_databases.ts'
import { openConnection, type Connection } from '../connection/connection.ts'
import { createTables, sample, type Sample } from './_lab.ts'
import { dumpLines } from './dump.ts'
import { createHeader, type Header } from './format.ts'
import { loadFile } from './load.ts'
import { planTransfer } from './plan.ts'

const databases: TestDatabase[] = []
const sources: Connection[] = []
const targets: Connection[] = []
const folder = mkdtempSync(join(tmpdir(), 'hotclub-transfer-'))

beforeAll(async () => {
  for (const list of [sources, targets])
    for (const provider of providers) {
      const database = newDatabase(provider)
      databases.push(database)
      list.push(await openConnection(database.target))
    }
})
afterAll(async () => {
  for (const connection of [...sources, ...targets]) await connection.close()
  for (const database of databases) await database.drop()
  rmSync(folder, { recursive: true })
})

/** The file that the rows of a sample make, without any database. */
function fileOf({ schema, rows }: Sample): string[] {
  const plan = planTransfer(schema)
  const counts = new Map([
    ...plan.models.map(({ model }) => [model.table, rows.get(model.name)!.length] as const),
    ...plan.links.map((link) => [link.table, rows.get(link.name)!.length] as const),
  ])
  return [
    JSON.stringify(createHeader(plan, counts)),
    ...plan.models.flatMap(({ model }) => [
      JSON.stringify({ model: model.name }),
      ...rows.get(model.name)!.map((row) => JSON.stringify(row)),
    ]),
    ...plan.links.flatMap(({ name }) => [JSON.stringify({ link: name }), ...rows.get(name)!.map((row) => JSON.stringify(row))]),
  ]
}

async function dumped(connection: Connection, schema: SchemaMetadata): Promise<string[]> {
  const lines: string[] = []
  for await (const text of dumpLines(connection, schema)) lines.push(...text.split('\n'))
  return lines
}

async function load(connection: Connection, schema: SchemaMetadata, lines: readonly string[]): Promise<void> {
  const file = join(folder, 'dump.jsonl')
  writeFileSync(file, lines.join('\n'))
  await createTables(connection, schema)
  await loadFile(connection, schema, file)
}

/** What a file says, whatever the order of rows, and of keys in JSON. */
function meaning(lines: readonly string[], schema: SchemaMetadata): unknown {
  const { models, links } = JSON.parse(lines[0]!) as Header
  const sections = new Map<string, unknown[]>()
  let rows: unknown[] = []
  let json: number[] = []
  for (const line of lines.slice(1)) {
    const value = JSON.parse(line) as { model?: string; link?: string } | string[]
    if (Array.isArray(value)) rows.push(value.map((cell, i) => (json.includes(i) && cell !== null ? JSON.parse(cell) : cell)))
    else {
      sections.set((value.model ?? value.link)!, (rows = []))
      const fields = value.model === undefined ? [] : models.find((model) => model.name === value.model)!.fields
      json = fields.flatMap((name, i) =>
        schema.models[value.model!]!.fields.some((field) => field.name === name && field.type === 'Json') ? [i] : [],
      )
    }
  }
  const sorted = [...sections].map(([name, all]) => [name, all.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))])
  return { models, links, sections: sorted }
}

it('carries any rows of any schema from each database to each, and nothing changes on the way', { timeout: 300_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(sample, async (given) => {
      const { schema } = given
      const original = fileOf(given)
      const expected = meaning(original, schema)
      for (const source of sources) {
        await load(source, schema, original)
        const first = await dumped(source, schema)
        expect(meaning(first, schema)).toEqual(expected)
        for (const target of targets) {
          await load(target, schema, first)
          expect(meaning(await dumped(target, schema), schema)).toEqual(expected)
        }
      }
    }),
    { numRuns: Number(process.env.RUNS ?? 15) },
  )
})
