import type { HstsSettings, RouteSecurity, SecuritySettings } from '../core/security.ts'
import { compilePolicy, cspReportPath, defaultCsp, mergeCsp, type InlineSources, type Policy } from './csp.ts'

const defaultHeaders: Record<string, string> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy':
    'camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=()',
}

const cspName = 'content-security-policy'
const reportOnlyName = 'content-security-policy-report-only'

type Pair = readonly [name: string, value: string]

/** The headers of all answers of a route, worked out before the first. */
export interface SecurityHeaders {
  /**
   * @param isHttps Whether the answer goes out over https, to a host that will keep to it
   * @param inline What the answer's own inline parts need; left out for one without
   */
  of(isHttps: boolean, inline?: InlineSources): readonly Pair[]
}

/**
 * Works out the headers of a route.
 *
 * @param settings The site's
 * @param own What root, layouts and route say, outermost first
 */
export function createSecurityHeaders(settings: SecuritySettings, own: RouteSecurity[]): SecurityHeaders {
  const headers = new Map(Object.entries(defaultHeaders))
  for (const layer of [settings, ...own])
    for (const [name, value] of Object.entries(layer.headers ?? {}))
      if (value === false) headers.delete(name.toLowerCase())
      else headers.set(name.toLowerCase(), value)
  const enforced = policyOf([settings, ...own].map(({ csp }) => csp))
  const watched = policyOf(
    [settings, ...own].map(({ cspReportOnly }) => cspReportOnly),
    { reportUri: [cspReportPath] },
  )
  const listOf = (inline?: InlineSources): Pair[] =>
    [...headers, [cspName, valueOf(enforced, inline)] as const, [reportOnlyName, valueOf(watched, inline)] as const].filter(
      ([, value]) => value !== '',
    )
  const hsts: Pair[] = settings.hsts ? [['strict-transport-security', hstsValue(settings.hsts)]] : []
  const plain = listOf()
  const plainHttps = [...plain, ...hsts]
  return {
    of(isHttps, inline) {
      if (inline === undefined) return isHttps ? plainHttps : plain
      return isHttps ? [...listOf(inline), ...hsts] : listOf(inline)
    },
  }
}

/** Merges the layers that say something; the last word decides whether there is a policy at all. */
function policyOf(layers: Array<RouteSecurity['csp']>, base: typeof defaultCsp = {}): Policy | undefined {
  const said = layers.filter((layer) => layer !== undefined)
  const last = said.at(-1)
  if (last === undefined || last === false) return undefined
  return compilePolicy(mergeCsp(defaultCsp, base, ...said.filter((layer) => layer !== false)))
}

function valueOf(policy: Policy | undefined, inline: InlineSources | undefined): string {
  return (inline ? policy?.with(inline) : policy?.plain) ?? ''
}

function hstsValue({ seconds, subdomains, preload }: HstsSettings): string {
  return `max-age=${seconds}${subdomains ? '; includeSubDomains' : ''}${preload ? '; preload' : ''}`
}
