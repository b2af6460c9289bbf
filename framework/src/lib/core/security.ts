import { z } from 'zod'

/** Where a browser may load one kind of thing from: `['self', 'https://images.example']`. Keywords need no quotes; `false` drops the directive. */
export type CspSources = string[] | false

/** A content security policy by its directives. What is not named keeps Hotclub's default. */
export interface CspDirectives {
  defaultSrc?: CspSources
  scriptSrc?: CspSources
  scriptSrcElem?: CspSources
  scriptSrcAttr?: CspSources
  styleSrc?: CspSources
  styleSrcElem?: CspSources
  styleSrcAttr?: CspSources
  imgSrc?: CspSources
  fontSrc?: CspSources
  connectSrc?: CspSources
  mediaSrc?: CspSources
  objectSrc?: CspSources
  frameSrc?: CspSources
  childSrc?: CspSources
  workerSrc?: CspSources
  manifestSrc?: CspSources
  baseUri?: CspSources
  formAction?: CspSources
  frameAncestors?: CspSources
  sandbox?: CspSources
  reportUri?: CspSources
  reportTo?: CspSources
  requireTrustedTypesFor?: CspSources
  trustedTypes?: CspSources
  upgradeInsecureRequests?: boolean
}

/** What a route, layout or the root may change of the site's security, for itself and what lies below: the export `security`. */
export interface RouteSecurity {
  /** `false` lets every site send to this route: for webhooks, which prove themselves by a signature. */
  csrf?: boolean
  /** Directives that differ from the site's policy; `false` for no policy at all. */
  csp?: CspDirectives | false
  /** A second policy that is only watched; `false` for none. */
  cspReportOnly?: CspDirectives | false
  /** Headers that differ: a value, or `false` to leave one out. */
  headers?: Record<string, string | false>
}

/** How long browsers are told to use https alone. */
export interface HstsSettings {
  /** Default: a year. */
  seconds: number
  /** Holds for every subdomain too (default: `false`). */
  subdomains: boolean
  /** Lets browsers ship the site in their own lists; hard to take back (default: `false`). */
  preload: boolean
}

/** What protects the site. */
export interface SecuritySettings {
  /** The site is reached by https alone: other requests are redirected, and every cookie is `Secure` (default: `false`). */
  https: boolean
  /** Sent over https, except by `localhost`; `false` sends none. */
  hsts: HstsSettings | false
  /** Directives that differ from the default policy; `false` for no policy at all (default: `{}`). */
  csp: CspDirectives | false
  /** A second policy that is only watched: what it would block is reported to the log (default: `false`). */
  cspReportOnly: CspDirectives | false
  /** Headers that differ from the defaults: a value, or `false` to leave one out (default: `{}`). */
  headers: Record<string, string | false>
  /** Refuses what other sites' pages send, with the visitor's cookies, by a method that may change something (default: `true`). */
  csrf: boolean
  /** Other origins whose pages may: `https://shop.example`, `https://*.example.com` for subdomains (default: `[]`). */
  trustedOrigins: string[]
}

/** What an app may choose of it. */
export type SecurityInput = Partial<Omit<SecuritySettings, 'hsts'>> & { hsts?: Partial<HstsSettings> | false }

const sources = z.union([z.array(z.string().regex(/^[^\s;,]+$/, 'A source is one word without ; and ,.')), z.literal(false)])
const directiveNames = [
  'defaultSrc',
  'scriptSrc',
  'scriptSrcElem',
  'scriptSrcAttr',
  'styleSrc',
  'styleSrcElem',
  'styleSrcAttr',
  'imgSrc',
  'fontSrc',
  'connectSrc',
  'mediaSrc',
  'objectSrc',
  'frameSrc',
  'childSrc',
  'workerSrc',
  'manifestSrc',
  'baseUri',
  'formAction',
  'frameAncestors',
  'sandbox',
  'reportUri',
  'reportTo',
  'requireTrustedTypesFor',
  'trustedTypes',
] as const

const directives = z.strictObject({
  ...(Object.fromEntries(directiveNames.map((name) => [name, sources.optional()])) as Record<
    (typeof directiveNames)[number],
    z.ZodOptional<typeof sources>
  >),
  upgradeInsecureRequests: z.boolean().optional(),
})
const policy = z.union([directives, z.literal(false)])
const headers = z.record(
  z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, 'That is no name of a header.'),
  z.union([z.string().regex(/^[\t\x20-\x7e]*$/, 'A header holds visible ASCII characters.'), z.literal(false)]),
)

/** Checks the settings and fills in the defaults. */
export const securitySchema: z.ZodType<SecuritySettings> = z.strictObject({
  https: z.boolean().default(false),
  hsts: z
    .union([
      z.strictObject({
        seconds: z.int().positive().default(31_536_000),
        subdomains: z.boolean().default(false),
        preload: z.boolean().default(false),
      }),
      z.literal(false),
    ])
    .prefault({}),
  csp: policy.default({}),
  cspReportOnly: policy.default(false),
  headers: headers.default({}),
  csrf: z.boolean().default(true),
  trustedOrigins: z
    .array(
      z
        .string()
        .regex(/^https?:\/\/(?:\*\.)?[^\s*/]+$/, "An origin is protocol and host: 'https://shop.example' or 'https://*.example.com'."),
    )
    .default([]),
}) as z.ZodType<SecuritySettings>

/** Checks what a route exports as `security`. */
export const routeSecuritySchema: z.ZodType<RouteSecurity> = z.strictObject({
  csrf: z.boolean().optional(),
  csp: policy.optional(),
  cspReportOnly: policy.optional(),
  headers: headers.optional(),
}) as z.ZodType<RouteSecurity>
