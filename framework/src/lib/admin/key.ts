/** Keys of rows, as they stand in the admin's addresses and forms: `7`, or the parts of a composite key with commas between. No key holds a bar, which stands between keys. */
import { identityColumns, keyOfRow } from '../db/write/row-key.ts'
import { printOneRow } from '../db/call/print-filter.ts'
import { everything } from '../db/call/filter.ts'
import { findField } from '../db/call/names.ts'
import { textOf } from './text.ts'
import type { ModelMetadata } from '../schema/types.ts'

/** What stands after a model in an address and is no key; a key that reads the same gets a dash in front, as does one that begins with a dash. */
const RESERVED = /^(?:new|-.*)$/

/** Writes the key of a row. @param row Has the columns of the key */
export function keyOf(model: ModelMetadata, row: Readonly<Record<string, unknown>>): string {
  const text = identityColumns(model)
    .map((name) => partText(row[name]))
    .join(',')
  return RESERVED.test(text) ? `-${text}` : text
}

/**
 * Reads a key.
 *
 * @returns The value of each column; `undefined` for a text that cannot be the key of a row of this model
 */
export function readKey(model: ModelMetadata, text: string): Record<string, unknown> | undefined {
  const columns = identityColumns(model)
  const parts = (text.startsWith('-') ? text.slice(1) : text).split(',')
  if (parts.length !== columns.length) return undefined
  const values: Record<string, unknown> = {}
  for (const [index, name] of columns.entries()) {
    const value = partValue(model, name, parts[index]!)
    if (value === undefined) return undefined
    values[name] = value
  }
  return values
}

/** A Prisma `where` for the one row with a key. @param values Has the columns of the key */
export function whereKey(model: ModelMetadata, values: Readonly<Record<string, unknown>>): object {
  return printOneRow({ key: keyOfRow(model, values), filter: everything })
}

function partText(value: unknown): string {
  const text = textOf(value)
  return text === '' ? '~2' : text.replaceAll('~', '~0').replaceAll(',', '~1').replaceAll('|', '~3')
}

function partValue(model: ModelMetadata, name: string, part: string): unknown {
  const text = part === '~2' ? '' : part.replaceAll('~3', '|').replaceAll('~1', ',').replaceAll('~0', '~')
  const field = findField(model, name)
  if (field?.kind === 'enum') return text
  if (field?.kind !== 'scalar') return undefined
  switch (field.type) {
    case 'Int':
      return /^-?\d{1,10}$/.test(text) && Math.abs(Number(text)) <= 2_147_483_648 ? Number(text) : undefined
    case 'BigInt':
      return /^-?\d{1,19}$/.test(text) ? BigInt(text) : undefined
    case 'Float':
      return text !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined
    case 'Boolean':
      return text === 'true' ? true : text === 'false' ? false : undefined
    case 'DateTime': {
      const date = new Date(text)
      return Number.isNaN(date.getTime()) ? undefined : date
    }
    case 'Decimal':
      return /^-?\d+(?:\.\d+)?$/.test(text) ? text : undefined
    case 'String':
      return text
    default:
      return undefined
  }
}
