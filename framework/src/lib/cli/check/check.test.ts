import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { RouteSecurity } from '../../core/security.ts'
import { defineSettings, type SettingsInput } from '../../core/settings.ts'
import { memoryMail } from '../../mail/memory-mail.ts'
import { formatFindings } from './command.ts'
import { deployFindings, type DeployFacts } from './deploy-rules.ts'
import type { Finding } from './finding.ts'

const secret = 'Vn8hXc2Qq4rT0yLw7Zb5Jd1Gk9Pm3SfA6EuHo'
const sound: SettingsInput = {
  hosts: ['matinee.example'],
  secrets: [secret],
  trustedProxies: ['10.0.0.0/8'],
  security: { https: true, hsts: { subdomains: true, preload: true } },
}

function idsOf(change: SettingsInput = {}, facts: Partial<DeployFacts> = {}): string[] {
  const security = { ...sound.security, ...change.security }
  const settings = defineSettings({}, () => ({ ...sound, ...change, security }))
  return deployFindings({ settings, environment: { NODE_ENV: 'production' }, hasAccounts: false, routes: [], ...facts }).map(
    ({ id, level }) => `${level} ${id}`,
  )
}
const routeWith = (security: RouteSecurity): Partial<DeployFacts> => ({ routes: [{ file: 'routes/a.ts', security }] })

describe('hotclub check --deploy', () => {
  it('has nothing to say about what is right', () => {
    expect(idsOf()).toEqual([])
  })

  it.each<[string, SettingsInput, string[]]>([
    ['no hosts', { hosts: [] }, ['error deploy.hosts']],
    ['any host', { hosts: ['*'] }, ['warning deploy.hosts.any']],
    ['no secret', { secrets: [] }, ['error deploy.secret']],
    ['a short secret', { secrets: ['short'] }, ['warning deploy.secret.weak']],
    ['a secret of few characters', { secrets: ['ab'.repeat(40)] }, ['warning deploy.secret.weak']],
    ['a weak fallback', { secrets: [secret, 'old'] }, ['warning deploy.secret.weak']],
    ['http', { security: { https: false } }, ['warning deploy.https', 'warning deploy.cookies']],
    ['https without a trusted proxy', { trustedProxies: false }, ['warning deploy.proxies']],
    ['a number of proxies', { trustedProxies: 1 }, ['info deploy.proxies.count']],
    ['no HSTS', { security: { hsts: false } }, ['warning deploy.hsts']],
    ['a short HSTS', { security: { hsts: { seconds: 60 } } }, ['warning deploy.hsts']],
    ['HSTS for the host alone', { security: { hsts: {} } }, ['info deploy.hsts.subdomains', 'info deploy.hsts.preload']],
    ['no nosniff', { security: { headers: { 'X-Content-Type-Options': false } } }, ['warning deploy.nosniff']],
    ['frames', { security: { headers: { 'x-frame-options': false }, csp: { frameAncestors: false } } }, ['warning deploy.frames']],
    ['frames the policy rules', { security: { headers: { 'x-frame-options': false } } }, []],
    ['no referrer policy', { security: { headers: { 'referrer-policy': false } } }, ['warning deploy.referrer']],
    ['a wrong referrer policy', { security: { headers: { 'referrer-policy': 'same-origin, typo' } } }, ['error deploy.referrer']],
    ['a leaky referrer policy', { security: { headers: { 'referrer-policy': 'unsafe-url' } } }, ['warning deploy.referrer']],
    ['no opener policy', { security: { headers: { 'cross-origin-opener-policy': false } } }, ['warning deploy.opener']],
    ['a wrong opener policy', { security: { headers: { 'cross-origin-opener-policy': 'typo' } } }, ['error deploy.opener']],
    ['no policy', { security: { csp: false, headers: {} } }, ['warning deploy.csp']],
    [
      'inline scripts',
      { security: { csp: { scriptSrc: ['self', 'unsafe-inline'] } } },
      ['warning deploy.csp.unsafe', 'warning deploy.csp.unsafe'],
    ],
    ['any script', { security: { csp: { scriptSrcElem: ['https:'] } } }, ['warning deploy.csp.unsafe']],
    ['inline styles', { security: { csp: { styleSrc: ['self', 'unsafe-inline'] } } }, ['warning deploy.csp.unsafe']],
    ['objects', { security: { csp: { objectSrc: ['*'] } } }, ['warning deploy.csp.unsafe']],
    ['no check of origins', { security: { csrf: false } }, ['warning deploy.csrf']],
    ['an http origin', { security: { trustedOrigins: ['http://shop.example'] } }, ['warning deploy.csrf.origins']],
    ['a talkative log', { logLevel: 'debug' }, ['warning deploy.log']],
  ])('speaks of %s', (_what, change, ids) => {
    expect(idsOf(change)).toEqual(ids)
  })

  it('speaks of the environment, and of routes', () => {
    expect(idsOf({}, { environment: { NODE_ENV: 'development' } })).toEqual(['warning deploy.environment'])
    expect(idsOf({}, routeWith({ csrf: false, csp: false, headers: { 'x-frame-options': 'SAMEORIGIN' } }))).toEqual([
      'warning deploy.frames',
      'warning deploy.csp',
      'info deploy.csrf',
    ])
  })
})

describe('hotclub check --deploy, with accounts', () => {
  const hasAccounts = true

  it('speaks of mail that cannot leave, or comes from nobody', () => {
    expect(idsOf({}, { hasAccounts })).toEqual(['warning deploy.mail', 'warning deploy.mail.from'])
  })

  it('is content with a server or a transport, and an address', () => {
    const mail = { from: 'Matinée <hello@matinee.example>' }
    expect(idsOf({ mail }, { hasAccounts, environment: { NODE_ENV: 'production', SMTP_URL: 'smtps://mail.example' } })).toEqual([])
    expect(idsOf({ mail: { ...mail, transport: memoryMail() } }, { hasAccounts })).toEqual([])
  })
})

describe('formatFindings', () => {
  it('says what, where and what to do', () => {
    const finding: Finding = { id: 'deploy.hosts', level: 'error', message: 'No host.', hint: 'Name it.', place: 'app/settings.ts: hosts' }
    expect(formatFindings({ findings: [finding], silenced: 1 })).toMatch(
      /ERROR.*deploy\.hosts.*app\/settings\.ts: hosts[^]*No host\.\n {2}Hint: Name it\.[^]*1 errors, 0 warnings, 0 infos, 1 silenced\./,
    )
    expect(formatFindings({ findings: [], silenced: 0 })).toContain('Nothing to mend.')
  })
})

describe('hotclub check, in a project', () => {
  const bin = join(import.meta.dirname, '../../../../bin/hotclub.js')
  const run = (folder: string, args: string[], env: NodeJS.ProcessEnv = {}): { status: number | null; ids: string[] } => {
    const cwd = join(import.meta.dirname, '../../../../test', folder)
    const { status, stdout, stderr } = spawnSync(process.execPath, [bin, 'check', '--json', ...args], {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, NODE_ENV: 'production', SECRET_KEY: '', DATABASE_URL: '', NO_COLOR: '1', ...env },
    })
    try {
      return { status, ids: (JSON.parse(stdout) as Finding[]).map(({ id }) => id) }
    } catch {
      throw new Error(stderr + stdout)
    }
  }

  it('passes an app without mistakes', () => {
    expect(run('browser/fixture', [])).toEqual({ status: 0, ids: [] })
  })

  it('ends with 1 on errors, and on less where it is asked to', () => {
    const deploy = run('browser/fixture', ['--deploy'], { SECRET_KEY: secret })
    expect(deploy.status).toBe(1)
    expect(deploy.ids).toEqual(expect.arrayContaining(['deploy.hosts', 'deploy.https', 'deploy.build']))
    expect(run('browser/fixture', ['--fail-on', 'info']).status).toBe(0)
  })

  it('reports broken settings beside everything else', () => {
    const { status, ids } = run('fresh-app', ['--deploy'])
    expect(status).toBe(1)
    expect(ids).toEqual(expect.arrayContaining(['settings.invalid', 'migrations.missing', 'deploy.database']))
  })
})
