/**
 * The file that `hotclub dump` writes: one JSON value a line. First the header; then, for each model and link, a line that names it and one
 * for each row, an array in the order of the header's fields.
 */
import { randomUUID } from 'node:crypto'
import { HotclubError } from '../../core/hotclub-error.ts'
import type { Plan } from './plan.ts'

/** Raised when files of before cannot be read any more. */
const version = 1

export interface Header {
  /** The version of the format. */
  hotclub: number
  /** Its own: two dumps of the same rows have two. */
  id: string
  /** When it was begun, in ISO 8601. */
  at: string
  models: { name: string; fields: string[]; rows: number }[]
  links: { name: string; rows: number }[]
}

/** What stands before the rows of a model or a link. */
export type Section = { model: string } | { link: string }

export function createHeader(plan: Plan, counts: ReadonlyMap<string, number>): Header {
  return {
    hotclub: version,
    id: randomUUID(),
    at: new Date().toISOString(),
    models: plan.models.map(({ model, fields }) => ({
      name: model.name,
      fields: fields.map((field) => field.name),
      rows: counts.get(model.table)!,
    })),
    links: plan.links.map(({ name, table }) => ({ name, rows: counts.get(table)! })),
  }
}

/** Reads the first line of a file. */
export function parseHeader(line: string | undefined, file: string): Header {
  const header = parseObject(line) as Partial<Header> | undefined
  if (header?.hotclub === version && header.id !== undefined && header.models && header.links) return header as Header
  throw new HotclubError('HC_LOAD', {
    where: file,
    message:
      typeof header?.hotclub === 'number'
        ? `The file is of version ${header.hotclub} of the format; this Hotclub reads version ${version}.`
        : 'This is no file of `hotclub dump`.',
    hint: 'Give a file that `hotclub dump` of this version has written.',
  })
}

function parseObject(line: string | undefined): object | undefined {
  try {
    const value: unknown = JSON.parse(line ?? '')
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}
