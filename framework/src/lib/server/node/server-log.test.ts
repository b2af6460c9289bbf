import { describe, expect, it } from 'vitest'
import type { RequestLine } from './exchange.ts'
import { createServerLog, type LogLevel, type ServerLog } from './server-log.ts'

const line: RequestLine = {
  method: 'GET',
  target: '/films',
  status: 200,
  ms: 1.23456,
  bytes: 10,
  requestId: 'a-1',
  ip: '::1',
  aborted: false,
}

function open(level: LogLevel = 'info'): { log: ServerLog; read: () => Array<Record<string, unknown>> } {
  let text = ''
  const log = createServerLog(level, { write: (lines) => void (text += lines.toString()) })
  return {
    log,
    read() {
      log.flush()
      return text
        .split('\n')
        .filter((part) => part !== '')
        .map((part) => JSON.parse(part) as Record<string, unknown>)
    },
  }
}

describe('createServerLog', () => {
  it('writes one JSON line a request, its level by status', () => {
    const { log, read } = open()
    for (const status of [200, 304, 404, 499, 500]) log.onRequest?.({ ...line, status })
    const lines = read()
    expect(lines[0]).toMatchObject({
      level: 30,
      pid: process.pid,
      method: 'GET',
      path: '/films',
      status: 200,
      ms: 1.23,
      bytes: 10,
      requestId: 'a-1',
      ip: '::1',
      msg: 'request',
    })
    expect(lines.map(({ level }) => level)).toEqual([30, 30, 40, 30, 50])
  })

  it('hides the values of secret-looking parameters, however they are spelt', () => {
    const { log, read } = open()
    log.onRequest?.({ ...line, target: '/reset?token=abc&page=2&p%61ssword=x&%=1' })
    expect(read()[0]!['path']).toBe('/reset?token=[redacted]&page=2&p%61ssword=[redacted]&%=1')
  })

  it('cannot be made to write another line or a terminal command', () => {
    const { log, read } = open()
    const target = '/a"},{"level":60\\\u009b31m\u2028'
    log.onRequest?.({ ...line, target })
    log.error({ name: 'a\n{"level":60}' }, 'evil\nmessage')
    const lines = read()
    expect(lines).toHaveLength(2)
    expect(lines[0]!['path']).toBe(target)
  })

  it('writes errors with their causes, and hides secret-looking fields at any depth', () => {
    const { log, read } = open()
    log.error(
      { err: new Error('outer', { cause: new Error('inner') }), headers: { Cookie: 'a=1', accept: '*/*' }, list: [{ apiKey: 'k' }] },
      'failed',
    )
    const [entry] = read()
    expect(entry).toMatchObject({
      level: 50,
      msg: 'failed',
      headers: { Cookie: '[redacted]', accept: '*/*' },
      list: [{ apiKey: '[redacted]' }],
    })
    expect(JSON.stringify(entry!['err'])).toContain('inner')
  })

  it('keeps lines of requests and messages in their order', () => {
    const { log, read } = open()
    log.info({}, 'first')
    log.onRequest?.(line)
    log.info({}, 'third')
    expect(read().map(({ msg }) => msg)).toEqual(['first', 'request', 'third'])
  })

  it('leaves out what is below the level', () => {
    const { log, read } = open('warn')
    log.info({}, 'no')
    log.onRequest?.(line)
    log.onRequest?.({ ...line, status: 404 })
    expect(read().map(({ status }) => status)).toEqual([404])
    expect(open('silent').log.onRequest).toBeUndefined()
  })
})
