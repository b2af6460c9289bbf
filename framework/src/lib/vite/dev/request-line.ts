import colors from 'picocolors'
import { redactTarget } from '../../http/redact.ts'
import type { QueryRecord } from '../../db/query-log.ts'
import { DATA_PREFIX } from '../../view/payload.ts'

/** What the terminal tells of a request. */
export interface RequestFacts {
  method: string
  /** Path and query as the client sent them. */
  target: string
  status: number
  ms: number
  queries: QueryRecord[]
  aborted: boolean
}

/** One line a request: method, status, time, path, and what it asked of the database. */
export function requestLine({ method, target, status, ms, queries, aborted }: RequestFacts): string {
  const isData = target.startsWith(`${DATA_PREFIX}/`) || target === DATA_PREFIX
  const path = redactTarget(isData ? target.slice(DATA_PREFIX.length) || '/' : target)
  const parts = [
    colors.bold(method.padEnd(6)),
    `${path}${isData ? colors.dim(' (data)') : ''}`.padEnd(32 + (isData ? colors.dim('').length : 0)),
    paintStatus(status)(String(status)),
    colors.dim(time(ms).padStart(8)),
    queries.length > 0 ? `  ${queryText(queries)}` : '',
    aborted ? colors.yellow('  client left') : '',
  ]
  return parts.filter((part) => part !== '').join(' ')
}

/** `12 queries, 10 alike`: the latter is the largest number of times that one statement was sent. */
function queryText(queries: QueryRecord[]): string {
  const times = new Map<string, number>()
  for (const { sql } of queries) times.set(sql, (times.get(sql) ?? 0) + 1)
  const alike = Math.max(...times.values())
  const count = colors.dim(`${queries.length} ${queries.length === 1 ? 'query' : 'queries'}`)
  return alike > 2 ? `${count}${colors.yellow(`, ${alike} alike`)}` : count
}

function time(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
}

function paintStatus(status: number): (text: string) => string {
  if (status >= 500) return colors.red
  if (status >= 400) return colors.yellow
  return status >= 300 ? colors.cyan : colors.green
}
