import type { ModelMetadata } from '../../schema/types.ts'
import type { Names } from '../call/names.ts'
import { findField } from '../call/names.ts'
import { printSelection } from '../call/print-read.ts'
import { parseSelection } from '../call/read.ts'
import type { Row } from '../client/delegates.ts'

/** What a write is to answer, and all columns besides. */
export interface Answer {
  /** `include`, for a call that reads every column too. */
  readonly selection: Readonly<Record<string, unknown>>
  /** The columns of what came back. */
  columnsOf(result: Row): Row
  /** What of it the caller has asked for. */
  answerOf(result: Row): Row
}

/** Reads what a write is to give back of its rows. */
export function answerTo(names: Names, model: ModelMetadata, args: Readonly<Record<string, unknown>>): Answer {
  const selection = parseSelection(names, model, args)
  const columns = selection.columns && new Set(selection.columns)
  const isColumn = (name: string): boolean => (findField(model, name)?.kind ?? 'relation') !== 'relation'
  const pick = (row: Row, isWanted: (name: string) => boolean): Row =>
    Object.fromEntries(Object.entries(row).filter(([name]) => isWanted(name)))
  return {
    selection: printSelection({ relations: selection.relations, counts: selection.counts }),
    columnsOf: (result) => pick(result, isColumn),
    answerOf: (result) => (columns ? pick(result, (name) => !isColumn(name) || columns.has(name)) : result),
  }
}
