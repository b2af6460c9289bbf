import { getLogger } from '../core/log.ts'
import { redactTarget } from './redact.ts'

/** Bytes of a report that anybody can send. */
const maxReport = 16_384
/** So many lines a minute; a page that many visit reports one mistake thousands of times. */
const maxLines = 20

let minute = 0
let lines = 0

/**
 * Writes what a browser reports about a blocked part of a page to the log. Anybody can send anything here, so little of it is believed
 * and none of it is repeated at length.
 */
export async function logCspReport(request: Request): Promise<void> {
  if (!mayWrite()) return
  if (!(Number(request.headers.get('content-length') ?? Number.NaN) <= maxReport)) return
  const report = readReport(await request.text())
  if (report) getLogger().warn(report, 'A content security policy blocked a part of a page, or would have.')
}

function mayWrite(): boolean {
  const now = Math.floor(Date.now() / 60_000)
  if (now !== minute) [minute, lines] = [now, 0]
  return ++lines <= maxLines
}

/** Reads both forms that browsers send: `report-uri`'s single object, and the Reporting API's list. */
function readReport(text: string): Record<string, string> | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // Not a report.
    return undefined
  }
  const first: unknown = Array.isArray(value) ? value[0] : value
  const body = property(first, 'csp-report') ?? property(first, 'body')
  if (typeof body !== 'object' || body === null) return undefined
  const pick = (...names: string[]): string => {
    const found = names.map((name) => property(body, name)).find((item) => typeof item === 'string')
    return redactTarget(String(found ?? '')).slice(0, 300)
  }
  return {
    page: pick('document-uri', 'documentURL'),
    blocked: pick('blocked-uri', 'blockedURL'),
    directive: pick('effective-directive', 'effectiveDirective', 'violated-directive'),
    source: pick('source-file', 'sourceFile'),
    disposition: pick('disposition'),
  }
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined
}
