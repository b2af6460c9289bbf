import autocannon from 'autocannon'
import type { ServerProcess } from './server-process.ts'

/** One round of load on one page. */
export interface Round {
  /** Requests a second. */
  rate: number
  /** Milliseconds. */
  p99: number
  /** CPU microseconds of the server a request. */
  cpu: number
}

/** Sends requests over 32 connections for `seconds`, and counts what they cost the server. */
export async function load(server: ServerProcess, path: string, seconds: number): Promise<Round> {
  const before = server.cpu()
  const result = await autocannon({ url: server.url + path, connections: 32, duration: seconds })
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${server.name}${path}: ${result.non2xx} answers were not 2xx, ${result.errors} failed.`)
  return {
    rate: result.requests.total / result.duration,
    p99: result.latency.p99,
    cpu: ((server.cpu() - before) / result.requests.total) * 1e6,
  }
}

/** The middle value. */
export function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}
