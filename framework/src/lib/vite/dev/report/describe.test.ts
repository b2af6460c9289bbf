import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HotclubError } from '../../../core/hotclub-error.ts'
import { describeError, describeRequest } from './describe.ts'
import { errorPage } from './html.ts'
import { reportText } from './text.ts'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hotclub report '))
  mkdirSync(join(root, 'app/routes'), { recursive: true })
  writeFileSync(join(root, 'app/routes/index.tsx'), ['one', 'two', '\tthree()', 'four', 'five', 'six', 'seven'].join('\n'))
})

afterEach(() => rmSync(root, { recursive: true }))

const folders = () => ({ root, framework: join(root, 'node_modules/hotclub') })

function thrown(...frames: string[]) {
  const error = new TypeError('Nothing there')
  error.stack = ['TypeError: Nothing there', ...frames.map((frame) => `    at ${frame}`)].join('\n')
  return error
}

describe('describeError', () => {
  it("finds the first call in the app's own code, and shows the lines around it", async () => {
    const report = await describeError(
      thrown(
        `find (${root}/node_modules/hotclub/dist/lib/db.js:5:1)`,
        `Module.loader (${root}/app/routes/index.tsx:3:2)`,
        `async run (file://${root.replaceAll(' ', '%20')}/node_modules/other/index.js:9:9)`,
        'node:internal/process/task_queues:103:5',
      ),
      folders(),
    )

    expect(report).toMatchObject({
      name: 'TypeError',
      message: 'Nothing there',
      place: { file: 'app/routes/index.tsx', line: 3, column: 2 },
    })
    expect(report.frame?.lines.map(({ text }) => text)).toEqual(['one', 'two', '  three()', 'four', 'five', 'six'])
    expect(report.stack.map(({ name, file, isOwn }) => [name, file, isOwn])).toEqual([
      ['find', 'hotclub/dist/lib/db.js', false],
      ['loader', 'app/routes/index.tsx', true],
      ['run', 'other/index.js', false],
    ])
  })

  it('shows a mistake of the developer with its hint, at the place it names, without a stack', async () => {
    const report = await describeError(
      new HotclubError('HC_ROUTE_EXPORT', {
        where: 'app/routes/index.tsx:4',
        message: "'laoder' is not a route export.",
        hint: "Did you mean 'loader'?",
      }),
      folders(),
    )

    expect(report).toMatchObject({
      name: 'HC_ROUTE_EXPORT',
      hint: "Did you mean 'loader'?",
      docs: 'docs/errors.md#hc_route_export',
      stack: [],
    })
    expect(report.place).toEqual({ file: 'app/routes/index.tsx', line: 4, column: undefined })
  })

  it('keeps every error of several, and what caused one', async () => {
    const mistake = (message: string) => new HotclubError('HC_ROUTE_NAME', { message })
    const several = await describeError(new AggregateError([mistake('first'), mistake('second')]), folders())
    const caused = await describeError(new Error('outer', { cause: new RangeError('inner') }), folders())

    expect([several.message, ...several.others.map(({ message }) => message)]).toEqual(['first', 'second'])
    expect(caused.cause).toMatchObject({ name: 'RangeError', message: 'inner' })
  })

  it('copes with what is no error, and with files that are gone', async () => {
    expect(await describeError('oops', folders())).toMatchObject({ message: 'Something that is not an Error was thrown: oops' })
    expect((await describeError(thrown(`x (${root}/app/gone.ts:1:1)`), folders())).frame).toBeUndefined()
  })
})

describe('describeRequest', () => {
  it('hides secrets in query, headers and referer', () => {
    const request = new Request('http://localhost/a?token=s3cret&page=2', {
      headers: {
        authorization: 'Bearer s3cret',
        cookie: 'sid=s3cret',
        'x-api-key': 's3cret',
        referer: 'http://localhost/?token=s3cret',
        accept: 'text/html',
      },
    })
    const described = describeRequest(request, '/a', 'id-1')

    expect(JSON.stringify(described)).not.toContain('s3cret')
    expect(described.target).toBe('/a?token=[redacted]&page=2')
    expect(described.headers).toContainEqual(['accept', 'text/html'])
  })
})

describe('errorPage', () => {
  it('lets nothing of an error become markup', async () => {
    writeFileSync(join(root, 'app/routes/index.tsx'), '<img src=x onerror=alert(1)> // "</code><script>"')
    const error = Object.assign(thrown(`<b>evil</b> (${root}/app/routes/index.tsx:1:1)`), { message: '<script>alert(1)</script>"\'' })
    const page = errorPage(await describeError(error, folders()), { script: '/client.js', nonce: 'n', generation: 1 })

    expect(page.match(/<script/g)).toHaveLength(1)
    expect(page).not.toMatch(/<img|<b>evil/)
  })
})

describe('reportText', () => {
  it('points at the column', async () => {
    const text = stripVTControlCharacters(reportText(await describeError(thrown(`loader (${root}/app/routes/index.tsx:3:2)`), folders())))

    expect(text).toContain('✗ TypeError  app/routes/index.tsx:3:2\n  Nothing there\n')
    expect(text).toContain('  > 3 |   three()\n    |   ^\n')
  })
})
