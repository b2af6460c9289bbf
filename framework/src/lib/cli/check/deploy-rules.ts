/** What has to be right before strangers come. Pure: facts in, findings out. */
import type { CspDirectives, RouteSecurity } from '../../core/security.ts'
import type { Settings } from '../../core/settings.ts'
import { defaultCsp, mergeCsp } from '../../http/csp.ts'
import { createSecurityHeaders } from '../../http/security-headers.ts'
import type { CheckLevel, Finding } from './finding.ts'
import type { CheckId } from './registry.ts'

/** What the rules look at. */
export interface DeployFacts {
  settings: Settings
  environment: { NODE_ENV?: string | undefined; SMTP_URL?: string | undefined }
  /** Whether there is an `app/auth.ts`, whose pages send mail. */
  hasAccounts: boolean
  /** Exports `security` by the file they stand in. */
  routes: ReadonlyArray<{ file: string; security: RouteSecurity }>
}

type Add = (id: CheckId, level: CheckLevel, place: string, message: string, hint: string) => void

const month = 30 * 24 * 60 * 60
/** As many characters as 24 random bytes take in base64. */
const minSecret = 32
const minDistinct = 10

/** Judges settings, environment and routes as they would be in production. */
export function deployFindings(facts: DeployFacts): Finding[] {
  const findings: Finding[] = []
  const add: Add = (id, level, place, message, hint) => void findings.push({ id, level, place, message, hint })
  checkEnvironment(facts, add)
  checkHosts(facts.settings, add)
  checkSecrets(facts.settings, add)
  checkHttps(facts.settings, add)
  checkHeaders('app/settings.ts: security.headers', facts.settings, [], add)
  checkCsp('app/settings.ts: security.csp', facts.settings.security.csp, add)
  checkCsrf(facts.settings, add)
  if (facts.hasAccounts) checkMail(facts, add)
  for (const { file, security } of facts.routes) {
    const place = `app/${file}: security`
    if (security.headers) checkHeaders(place, facts.settings, [security], add)
    if (security.csp !== undefined) checkCsp(place, security.csp, add)
    if (security.csrf === false)
      add(
        'deploy.csrf',
        'info',
        place,
        'Any site may send to this route.',
        'Make sure that the route checks a signature or a key of its own.',
      )
  }
  return findings
}

function checkEnvironment({ settings, environment }: DeployFacts, add: Add): void {
  if (environment.NODE_ENV !== 'production')
    add(
      'deploy.environment',
      'warning',
      'NODE_ENV',
      `NODE_ENV is ${environment.NODE_ENV === undefined ? 'not set' : `'${environment.NODE_ENV}'`}.`,
      'Set NODE_ENV=production in every command: without it, some fall back to the development database.',
    )
  if (settings.logLevel === 'debug')
    add('deploy.log', 'warning', 'app/settings.ts: logLevel', 'The log holds what is meant for development.', "Use 'info' or higher.")
}

function checkHosts({ hosts }: Settings, add: Add): void {
  const place = 'app/settings.ts: hosts'
  if (hosts.length === 0)
    add(
      'deploy.hosts',
      'error',
      place,
      'No host is named, so every visitor would be refused.',
      "Name the site: hosts: ['matinee.example'].",
    )
  if (hosts.includes('*'))
    add(
      'deploy.hosts.any',
      'warning',
      place,
      'Whoever asks chooses the name of the site.',
      'Name the hosts, unless a proxy in front refuses all others.',
    )
}

function checkSecrets({ secrets }: Settings, add: Add): void {
  const hint = 'Make one with: node -p "crypto.randomBytes(32).toString(\'base64url\')"'
  if (secrets.length === 0)
    add('deploy.secret', 'error', 'SECRET_KEY', 'There is no secret: each start makes up another, and on each machine.', hint)
  secrets.forEach((secret, index) => {
    const place = index === 0 ? 'SECRET_KEY' : `SECRET_KEY_FALLBACKS, number ${index}`
    if (secret.length < minSecret)
      add('deploy.secret.weak', 'warning', place, `The secret has ${secret.length} characters; ${minSecret} are the least.`, hint)
    else if (new Set(secret).size < minDistinct)
      add('deploy.secret.weak', 'warning', place, `The secret has only ${new Set(secret).size} different characters.`, hint)
  })
}

function checkHttps({ security, trustedProxies }: Settings, add: Add): void {
  const { https, hsts } = security
  if (!https) {
    const hint = 'Set security: { https: true }, with trustedProxies where a proxy ends https.'
    add('deploy.https', 'warning', 'app/settings.ts: security.https', 'Visitors who come by http stay there.', hint)
    add('deploy.cookies', 'warning', 'app/settings.ts: security.https', 'Cookies of visitors by http can be read on the way.', hint)
  } else if (trustedProxies === false)
    add(
      'deploy.proxies',
      'warning',
      'app/settings.ts: trustedProxies',
      'Node speaks http here, so every request looks like it came by http, and is redirected for ever.',
      "Name the proxy that ends https: trustedProxies: ['10.0.0.0/8'], or 1 where nobody gets past it.",
    )
  if (typeof trustedProxies === 'number')
    add(
      'deploy.proxies.count',
      'info',
      'app/settings.ts: trustedProxies',
      'Whoever reaches the server without the proxy can say any address.',
      'Make sure that nobody can, or name the addresses of the proxies.',
    )
  const place = 'app/settings.ts: security.hsts'
  if (hsts === false || hsts.seconds < month)
    return add(
      'deploy.hsts',
      'warning',
      place,
      'A visitor who types the address begins with http.',
      'Use a month at least: hsts: { seconds: 31_536_000 }.',
    )
  if (!hsts.subdomains)
    add(
      'deploy.hsts.subdomains',
      'info',
      place,
      'A subdomain by http can set cookies for the site.',
      'Set hsts: { subdomains: true } if every subdomain has https.',
    )
  if (!hsts.preload)
    add(
      'deploy.hsts.preload',
      'info',
      place,
      'The very first visit may begin with http.',
      'Set hsts: { preload: true } and submit the site, if it will have https for good.',
    )
}

const referrerPolicies = new Set([
  'no-referrer',
  'no-referrer-when-downgrade',
  'origin',
  'origin-when-cross-origin',
  'same-origin',
  'strict-origin',
  'strict-origin-when-cross-origin',
  'unsafe-url',
])
const leaky = new Set(['no-referrer-when-downgrade', 'unsafe-url'])
const openerPolicies = new Set(['same-origin', 'same-origin-allow-popups', 'noopener-allow-popups', 'unsafe-none'])

function checkHeaders(place: string, settings: Settings, own: RouteSecurity[], add: Add): void {
  const headers = Object.fromEntries(createSecurityHeaders(settings.security, own).of(false)) as Record<string, string | undefined>
  const isTouched = (name: string): boolean =>
    own.length === 0 || own.some((layer) => Object.keys(layer.headers ?? {}).some((key) => key.toLowerCase() === name))
  if (isTouched('x-content-type-options') && headers['x-content-type-options'] !== 'nosniff')
    add('deploy.nosniff', 'warning', place, 'Browsers may take a file for another type.', "Leave 'x-content-type-options' at its default.")
  const framing = headers['content-security-policy']?.includes('frame-ancestors') ?? false
  if (isTouched('x-frame-options') && headers['x-frame-options'] !== 'DENY' && !framing)
    add(
      'deploy.frames',
      'warning',
      place,
      'Another site can show this one in a frame and catch clicks.',
      "Leave 'x-frame-options' at DENY, or set csp.frameAncestors.",
    )
  const referrer = (headers['referrer-policy'] ?? '').split(',').map((word) => word.trim())
  if (isTouched('referrer-policy')) {
    const hint = "Use 'same-origin' or 'strict-origin-when-cross-origin'."
    if (!referrer.every((word) => referrerPolicies.has(word)))
      add('deploy.referrer', referrer[0] === '' ? 'warning' : 'error', place, 'There is no Referrer-Policy that browsers know.', hint)
    else if (leaky.has(referrer.at(-1)!))
      add('deploy.referrer', 'warning', place, 'Other sites are told the whole address of the page.', hint)
  }
  const opener = headers['cross-origin-opener-policy']
  if (isTouched('cross-origin-opener-policy') && !openerPolicies.has(opener ?? ''))
    add(
      'deploy.opener',
      opener === undefined ? 'warning' : 'error',
      place,
      'Pages of other sites may hold on to a window of this one.',
      "Use 'same-origin', or 'same-origin-allow-popups' for pages that open others.",
    )
}

function checkCsp(place: string, csp: CspDirectives | false, add: Add): void {
  if (csp === false)
    return add(
      'deploy.csp',
      'warning',
      place,
      'A script that somebody injects would run.',
      "Leave 'csp' at its default, and add what the page needs.",
    )
  const policy = mergeCsp(defaultCsp, csp)
  const sourcesOf = (...names: Array<keyof CspDirectives>): string[] => {
    const list = names.map((name) => policy[name]).find((value) => value !== undefined && value !== false)
    return Array.isArray(list) ? list : ['*']
  }
  const unsafe: Array<[string, string[]]> = [
    ['scriptSrc', sourcesOf('scriptSrc', 'defaultSrc')],
    ['scriptSrcElem', sourcesOf('scriptSrcElem', 'scriptSrc', 'defaultSrc')],
    ['objectSrc', sourcesOf('objectSrc', 'defaultSrc')],
    ['baseUri', sourcesOf('baseUri')],
  ]
  for (const [name, sources] of unsafe) {
    const found = sources.filter((source) => /^(?:\*|https?:|data:|blob:|unsafe-inline|unsafe-eval)$/.test(source))
    if (found.length > 0)
      add(
        'deploy.csp.unsafe',
        'warning',
        `${place}.${name}`,
        `${name} allows ${found.join(' and ')}, which injected code can use.`,
        'Name the hosts, and give inline parts a nonce.',
      )
  }
  if (sourcesOf('styleSrcElem', 'styleSrc', 'defaultSrc').includes('unsafe-inline'))
    add(
      'deploy.csp.unsafe',
      'warning',
      `${place}.styleSrc`,
      'styleSrc allows unsafe-inline, by which injected styles can read what is on the page.',
      'Give inline styles a nonce.',
    )
}

function checkCsrf({ security }: Settings, add: Add): void {
  if (!security.csrf)
    add(
      'deploy.csrf',
      'warning',
      'app/settings.ts: security.csrf',
      "Any site can act with a visitor's cookies.",
      'Leave it on, and take out single routes by their export security.',
    )
  for (const origin of security.trustedOrigins)
    if (origin.startsWith('http:'))
      add(
        'deploy.csrf.origins',
        'warning',
        'app/settings.ts: security.trustedOrigins',
        `Whoever is on the way can send forms as ${origin}.`,
        'Trust https origins only.',
      )
}

function checkMail({ settings: { mail }, environment }: DeployFacts, add: Add): void {
  if (!mail.transport && !environment.SMTP_URL)
    add(
      'deploy.mail',
      'warning',
      'SMTP_URL',
      'There is no way to send mail, so nobody can confirm an address or reset a password.',
      'Set SMTP_URL=smtps://user:password@mail.example.com, or mail.transport.',
    )
  if (/@localhost>?$/.test(mail.from))
    add(
      'deploy.mail.from',
      'warning',
      'MAIL_FROM',
      `Mail comes from ${mail.from}, which other servers do not take.`,
      "Set MAIL_FROM='Matinée <hello@matinee.example>', an address of your domain.",
    )
}
