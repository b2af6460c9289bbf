import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { setLogger } from '../core/log.ts'
import type { Mail, MailTransport } from '../core/mail.ts'
import { defineSettings } from '../core/settings.ts'
import { createTestApp } from '../testing/test-app.ts'
import { consoleMail } from './console-mail.ts'
import { fileMail } from './file-mail.ts'
import { createMailer, mailService, type Mailer } from './mailer.ts'
import { memoryMail } from './memory-mail.ts'
import { smtpMail } from './smtp-mail.ts'

const hello: Mail = { to: 'ada@example.com', subject: 'Grüße', text: 'Dear Ada,\n.\nhello.\n' }
const from = 'Matinée <hello@matinee.example>'
const mailerWith = (transport: MailTransport): Mailer => createMailer({ from, transport })

const lines: string[] = []
beforeEach(() => {
  lines.length = 0
  const write = (fields: object, message: string): void => void lines.push(JSON.stringify(fields) + message)
  setLogger({ debug: write, info: write, warn: write, error: write })
})
afterEach(() => setLogger(undefined))

describe('Mailer.send', () => {
  it('completes a mail and hands it to the transport', async () => {
    const memory = memoryMail()
    await mailerWith(memory).send({ ...hello, to: ['ada@example.com', { name: 'Bob, the "builder"', address: 'bob@example.com' }] })
    expect(memory.sent).toMatchObject([
      {
        from: { name: 'Matinée', address: 'hello@matinee.example' },
        to: [
          { name: '', address: 'ada@example.com' },
          { name: 'Bob, the "builder"', address: 'bob@example.com' },
        ],
        subject: 'Grüße',
      },
    ])
  })

  it.each<[string, Partial<Mail>]>([
    ['a line break in the subject', { subject: 'Hi\r\nBcc: all@example.com' }],
    ['a bare carriage return', { subject: 'Hi\rBcc: all@example.com' }],
    ['a line separator', { subject: 'Hi\u2028there' }],
    ['a NUL', { subject: 'Hi\0' }],
    ['a line break in an address', { to: 'ada@example.com\nBcc: all@example.com' }],
    ['a line break in a name', { to: { name: 'Ada\r\nBcc: all@example.com', address: 'ada@example.com' } }],
    ['a second address', { to: 'ada@example.com, bob@example.com' }],
    ['a second address in brackets', { to: 'Ada <ada@example.com> <bob@example.com>' }],
    ['a second address in a part', { to: { name: 'Ada', address: 'ada@example.com>, <bob@example.com' } }],
    ['an address in quotes', { to: '"ada@evil.example"@example.com' }],
    ['no address', { to: 'ada' }],
    ['nobody', { to: [] }],
    ['a wrong sender', { from: 'nobody' }],
    ['a wrong address for answers', { replyTo: 'a@b@c' }],
    ['a line break in a header', { headers: { 'X-Note': 'a\nBcc: all@example.com' } }],
    ['a header with a colon', { headers: { 'X-Note: a': 'b' } }],
    ['more recipients by header', { headers: { bcc: 'all@example.com' } }],
    ['another body', { headers: { 'Content-Type': 'text/html' } }],
  ])('refuses %s', async (_what, change) => {
    const memory = memoryMail()
    await expect(mailerWith(memory).send({ ...hello, ...change })).rejects.toMatchObject({ code: 'HC_MAIL' })
    expect(memory.sent).toEqual([])
  })

  it('says what is missing in production', async () => {
    await expect(createMailer({ from }, { NODE_ENV: 'production' }).send(hello)).rejects.toMatchObject({
      code: 'HC_MAIL',
      where: 'SMTP_URL',
    })
  })
})

describe('Mailer.queue', () => {
  it('sends when the answer has left, and lets the app close after that', async () => {
    const app = await createTestApp({
      routes: {
        'a.ts': {
          GET(context) {
            context.service(mailService).queue(hello)
            return new Response(String(sent.length))
          },
        },
      },
      settings: defineSettings({}, () => ({ mail: { transport: { send: async (mail) => void sent.push(mail.subject) } } })),
    })
    const sent: string[] = []
    expect(await (await app.request('/a')).text()).toBe('0')
    expect(sent).toEqual([])
    await app.close()
    expect(sent).toEqual(['Grüße'])
  })

  it('shows nothing of what goes wrong but in the log, which has neither address nor text', async () => {
    const mailer = mailerWith({ send: () => Promise.reject(new Error('The server is away.')) })
    mailer.queue(hello)
    mailer.queue({ ...hello, to: 'not one' })
    await mailer.flush()
    expect(lines).toHaveLength(2)
    expect(lines.join()).toContain('A mail could not be sent.')
    expect(lines.join()).not.toMatch(/ada@|Dear/)
  })

  it('sends four at once, and all of them', async () => {
    let [now, most, all] = [0, 0, 0]
    const mailer = mailerWith({
      async send() {
        most = Math.max(most, ++now)
        await new Promise(setImmediate)
        now--
        all++
      },
    })
    for (let count = 0; count < 20; count++) mailer.queue(hello)
    await mailer.flush()
    expect([most, all]).toEqual([4, 20])
  })
})

describe('createTestApp', () => {
  it('keeps what was sent', async () => {
    const app = await createTestApp({
      routes: { 'a.ts': { GET: async (context) => (context.service(mailService).queue(hello), new Response('')) } },
    })
    await app.request('/a')
    expect(await app.mails()).toMatchObject([{ to: [{ address: 'ada@example.com' }], from: { address: 'noreply@localhost' } }])
  })
})

describe('consoleMail', () => {
  it('writes what to read, without what moves the cursor', async () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {})
    onTestFinished(() => log.mockRestore())
    await mailerWith(consoleMail()).send({ ...hello, text: 'Follow\t\x1b[2Jthis:\nhttp://localhost/reset' })
    expect(log.mock.calls[0]![0]).toContain('To: ada@example.com\nSubject: Grüße\n\nFollow\t[2Jthis:\nhttp://localhost/reset\n')
  })
})

describe('fileMail', () => {
  it('writes files for this user alone', async () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'hotclub-mail-')), 'out')
    const mailer = mailerWith(fileMail(folder))
    await mailer.send({ ...hello, html: '<p>Dear Ada</p>', headers: { 'Auto-Submitted': 'auto-generated' } })
    await mailer.send(hello)
    const [first, second] = readdirSync(folder)
    expect([first, second]).toEqual([expect.stringMatching(/\.eml$/), expect.stringMatching(/\.eml$/)])
    expect(statSync(join(folder, first!)).mode & 0o777).toBe(0o600)
    const both = readFileSync(join(folder, first!), 'utf8') + readFileSync(join(folder, second!), 'utf8')
    expect(both).toMatch(/^To: ada@example\.com\r?$/m)
    expect(both).toMatch(/^From: =\?UTF-8\?Q\?Matin=C3=A9e\?= <hello@matinee\.example>\r?$/m)
    expect(both).toMatch(/^Auto-Submitted: auto-generated\r?$/m)
    expect(both).toContain('text/html')
  })

  it('has the headers it was given and no others, whatever a name or a subject holds', async () => {
    const { default: parse } = await import('nodemailer/lib/addressparser')
    const { createTransport } = await import('nodemailer')
    const { messageOf } = await import('./message.ts')
    const known = new Set(['Content-Transfer-Encoding', 'Content-Type', 'Date', 'From', 'MIME-Version', 'Message-ID', 'Subject', 'To'])
    const raw: string[] = []
    const mailer = mailerWith({
      async send(mail) {
        const { message } = await createTransport({ streamTransport: true, buffer: true }).sendMail(messageOf(mail))
        raw.push(Buffer.isBuffer(message) ? message.toString() : '')
      },
    })
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), async (name, subject) => {
        const sent = await mailer.send({ ...hello, subject, to: { name, address: 'ada@example.com' } }).then(
          () => true,
          () => false,
        )
        if (!sent) return
        const head = raw
          .pop()!
          .split('\r\n\r\n', 1)[0]!
          .replaceAll(/\r\n[ \t]/g, ' ')
          .split('\r\n')
        const names = head.map((line) => line.split(':', 1)[0]!)
        expect(names.filter((header) => !known.has(header))).toEqual([])
        expect(new Set(names).size).toBe(names.length)
        const to = head.find((line) => line.startsWith('To: '))!
        expect(parse(to.slice(4)).map(({ address }) => address)).toEqual(['ada@example.com'])
      }),
      { numRuns: 500 },
    )
  })
})

interface Received {
  user: unknown
  from: string
  to: string[]
  text: string
}

/** A mail server on this machine. */
async function startServer(options: SMTPServerOptions = {}): Promise<{ port: number; received: Received[] }> {
  const received: Received[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) =>
      password === 'p@ss#1' ? done(null, { user: username }) : done(new Error('Wrong password.')),
    onData(stream, { envelope, user }, done) {
      let text = ''
      stream.setEncoding('utf8')
      stream.on('data', (chunk: string) => (text += chunk))
      stream.on('end', () => {
        received.push({
          user,
          from: envelope.mailFrom ? envelope.mailFrom.address : '',
          to: envelope.rcptTo.map(({ address }) => address),
          text,
        })
        done()
      })
    },
    ...options,
  })
  const port = await new Promise<number>((resolve) => {
    const { server: socket } = server
    server.listen(0, '127.0.0.1', () => resolve((socket.address() as { port: number }).port))
  })
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())))
  return { port, received }
}

describe('smtpMail', () => {
  it('hands over a mail, dots at the beginning of lines included', async () => {
    const { port, received } = await startServer()
    await mailerWith(smtpMail(`smtp://matinee:p%40ss%231@127.0.0.1:${port}`)).send(hello)
    expect(received).toMatchObject([{ user: 'matinee', from: 'hello@matinee.example', to: ['ada@example.com'] }])
    expect(received[0]!.text).toContain('\r\nDear Ada,\r\n.\r\nhello.\r\n')
  })

  it('comes from SMTP_URL', async () => {
    const { port, received } = await startServer()
    await createMailer({ from }, { NODE_ENV: 'production', SMTP_URL: `smtp://127.0.0.1:${port}` }).send(hello)
    expect(received).toHaveLength(1)
  })

  it('fails where the server refuses', async () => {
    const { port } = await startServer()
    await expect(mailerWith(smtpMail(`smtp://matinee:wrong@127.0.0.1:${port}`)).send(hello)).rejects.toThrow(/Wrong password/)
  })

  it('tells neither password nor mail to a server elsewhere that offers no TLS', async () => {
    const { port, received } = await startServer()
    // Leads here, and does not look like it.
    const url = `smtp://matinee:p%40ss%231@[::ffff:127.0.0.1]:${port}`
    await expect(mailerWith(smtpMail(url)).send(hello)).rejects.toThrow(/STARTTLS/)
    expect(received).toEqual([])
  })

  it.each(['mail.example.com', 'https://mail.example.com', 'smtp://', 'smtp:mail'])('refuses %s at once, without repeating it', (url) => {
    expect(() => smtpMail(url)).toThrow(expect.objectContaining({ code: 'HC_MAIL' }))
    expect(() => smtpMail(url)).not.toThrow(/mail\.example/)
  })
})

describe('settings', () => {
  it('refuses a sender that is none, and a transport that is none', () => {
    expect(() => defineSettings({}, () => ({ mail: { from: 'a@b, c@d' } }))).toThrow(/mail\.from/)
    expect(() => defineSettings({}, () => ({ mail: { transport: {} as MailTransport } }))).toThrow(/mail\.transport/)
  })
})
