import { z } from 'zod'
import type { CacheChoice, CacheSettings } from './cache.ts'
import { HotclubError } from './hotclub-error.ts'
import { type MailSettings, type MailTransport, parseMailbox } from './mail.ts'
import { securitySchema, type SecurityInput, type SecuritySettings } from './security.ts'

/** What a request may cost. A request over a limit gets a 4xx and a line in the log. */
export interface Limits {
  /** Bytes of a request body (default: 1 MiB). */
  body: number
  /** Fields of a form, files not counted (default: 1,000). */
  fields: number
  /** Files of a form (default: 100). */
  files: number
  /** Objects and arrays inside each other in a JSON body (default: 32). */
  nesting: number
  /** Characters of path and query together (default: 8,192). */
  url: number
  /** Bytes of all request headers (default: 16 KiB). */
  headers: number
  /** Milliseconds for the headers to arrive (default: 10,000). */
  headersTimeout: number
  /** Milliseconds for the whole request, body included, to arrive (default: 60,000). */
  requestTimeout: number
  /** Milliseconds a connection may idle between requests (default: 5,000). */
  keepAliveTimeout: number
  /** Connections open at once in one process (default: 10,000). */
  connections: number
}

/** How long sessions last. All numbers are seconds. */
export interface SessionSettings {
  /** Without a request, until the session ends (default: a day; its cookie goes with the browser anyway). */
  idle: number
  /** The same for whoever asked to be remembered (default: 30 days). */
  remembered: number
  /** From its beginning, whatever happens (default: 90 days). */
  absolute: number
  /**
   * How long a process believes what it has read of a session, and of a user's permissions: one that another process ended, or took
   * away, may go on here for so long (default: 5). With 0 each request that opens a session asks the database.
   */
  window: number
}

export interface RuntimeSettings {
  /** `never`: `/films/` redirects to `/films`; `always`: the other way; `ignore`: both answer (default: `never`). */
  trailingSlash: 'never' | 'always' | 'ignore'
  /**
   * How many proxies in front of the server are trusted to tell the client's address, host and protocol
   * (`X-Forwarded-*`), or the addresses they speak from (default: `false`, which ignores those headers).
   */
  trustedProxies: false | number | string[]
  /**
   * The names the site is reached by, without ports: `matinee.example`, `.matinee.example` for the domain and all below it, `*` for any.
   * Other requests are refused (default: this machine's own names alone).
   */
  hosts: string[]
  /**
   * What signs and encrypts: the first one does, and all of them are believed, so that a new one can be put in front (default: `SECRET_KEY`
   * and the comma-separated `SECRET_KEY_FALLBACKS` of the environment). Without any, development keeps one in `.hotclub/secret`, and
   * production makes one up at each start.
   */
  secrets: string[]
  security: SecuritySettings
  /** Checks of `hotclub check` that are not wanted: `{ silence: ['deploy.hsts.preload'] }`. */
  checks: { silence: string[] }
  session: SessionSettings
  /** How mail leaves. */
  mail: MailSettings
  /** Where the cache keeps things, and how long. */
  cache: CacheSettings
  limits: Limits
  /** Milliseconds after which a promise of a loader that has not settled ends in its error view (default: 10,000). */
  streamTimeout: number
  /** Milliseconds that requests in flight get to finish when the server stops (default: 10,000). */
  shutdownTimeout: number
  /** The least level that is logged (default: `info`). */
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

const positive = z.int().positive()

const settingsSchema: z.ZodType<RuntimeSettings> = z.strictObject({
  trailingSlash: z.enum(['never', 'always', 'ignore']).default('never'),
  trustedProxies: z.union([z.literal(false), positive, z.array(z.string().min(1))]).default(false),
  hosts: z
    .array(z.string().regex(/^(?:\*|\.?[^\s:/*]+|\[[\da-f:.]+\])$/i, "A host is a name without protocol and port: 'matinee.example'."))
    .default([]),
  secrets: z.array(z.string().min(1)).default(environmentSecrets),
  security: securitySchema.prefault({} as SecuritySettings),
  checks: z.strictObject({ silence: z.array(z.string()).default([]) }).prefault({}),
  session: z
    .strictObject({
      idle: positive.default(86_400),
      remembered: positive.default(30 * 86_400),
      absolute: positive.default(90 * 86_400),
      window: z.int().nonnegative().default(5),
    })
    .prefault({}),
  mail: z
    .strictObject({
      from: z
        .string()
        .refine((text) => parseMailbox(text) !== undefined, "It is one address: 'Matinée <hello@matinee.example>'.")
        .default(() => process.env['MAIL_FROM'] || 'noreply@localhost'),
      transport: z.custom<MailTransport>(isTransport, 'It is a transport: smtpMail(…), fileMail(…), or an object with send().').optional(),
    })
    .prefault({}),
  cache: z
    .strictObject({
      store: z
        .custom<CacheChoice>(isChoice, 'It is a store: redisCache(…), memcachedCache(…), databaseCache() or memoryCache().')
        .optional(),
      bytes: positive.default(64 * 1_048_576),
      seconds: z.union([z.number().nonnegative(), z.literal(Infinity)]).default(300),
    })
    .prefault({}),
  limits: z
    .strictObject({
      body: positive.default(1_048_576),
      fields: positive.default(1_000),
      files: positive.default(100),
      nesting: positive.default(32),
      url: positive.default(8_192),
      headers: positive.default(16_384),
      headersTimeout: positive.default(10_000),
      requestTimeout: positive.default(60_000),
      keepAliveTimeout: positive.default(5_000),
      connections: positive.default(10_000),
    })
    .prefault({}),
  streamTimeout: positive.default(10_000),
  shutdownTimeout: positive.default(10_000),
  logLevel: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

function isTransport(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'send' in value && typeof value.send === 'function'
}

function isChoice(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'open' in value && typeof value.open === 'function'
}

/** The secrets as every host can set them. */
function environmentSecrets(): string[] {
  const { SECRET_KEY = '', SECRET_KEY_FALLBACKS = '' } = process.env
  return [SECRET_KEY, ...SECRET_KEY_FALLBACKS.split(',').map((text) => text.trim())].filter((secret) => secret !== '')
}

/** Complete, checked settings, and the app's environment. */
export interface Settings<E = Record<string, unknown>> extends RuntimeSettings {
  readonly env: E
}

/** The runtime settings an app may choose; every one has a default. */
export type SettingsInput = Partial<Omit<RuntimeSettings, 'cache' | 'limits' | 'mail' | 'security' | 'session'>> & {
  cache?: Partial<CacheSettings>
  mail?: Partial<MailSettings>
  session?: Partial<SessionSettings>
  limits?: Partial<Limits>
  security?: SecurityInput
}

type EnvShape = Record<string, z.ZodType>
type EnvOf<S extends EnvShape> = { [K in keyof S]: z.output<S[K]> }

/**
 * Declares an app's settings: what it takes from the environment, and what it chooses.
 *
 * Reads `process.env`, into which `hotclub` has loaded `.env` before. Every mistake, in the environment and in the
 * settings, is reported in one error at start.
 *
 * @param env A zod schema for each variable; values arrive as text, so use `z.coerce` for numbers. An empty variable counts as missing
 * @param choose Gets the checked environment and gives the settings (default: every default)
 * @returns Checked settings, frozen, with the typed environment as `env`
 * @throws {HotclubError} `HC_SETTINGS` with every mistake by name
 */
export function defineSettings<const S extends EnvShape>(
  env: S,
  choose: (env: EnvOf<S>) => SettingsInput = () => ({}),
): Settings<EnvOf<S>> {
  const mistakes: string[] = []
  const values: Record<string, unknown> = {}
  for (const [name, schema] of Object.entries(env)) {
    const text = process.env[name]
    const result = schema.safeParse(text === '' ? undefined : text)
    if (result.success) values[name] = result.data
    else mistakes.push(`${name} (environment): ${text ? result.error.issues[0]!.message : 'is not set'}`)
  }
  const settings = settingsSchema.safeParse(chosen(choose, values as EnvOf<S>, mistakes))
  if (!settings.success) for (const issue of settings.error.issues) mistakes.push(`${issue.path.join('.') || 'settings'}: ${issue.message}`)
  if (mistakes.length > 0 || !settings.success)
    throw new HotclubError('HC_SETTINGS', {
      where: 'app/settings.ts',
      message: `${mistakes.length} ${mistakes.length === 1 ? 'setting is' : 'settings are'} wrong:\n  - ${mistakes.join('\n  - ')}`,
      hint: 'Set environment variables in the shell or in .env; change the others in app/settings.ts.',
    })
  return Object.freeze({ ...settings.data, env: Object.freeze(values) as EnvOf<S> })
}

/** Settings derived from a broken environment may throw; then only the environment's mistakes are worth telling. */
function chosen<E>(choose: (env: E) => SettingsInput, env: E, mistakes: string[]): SettingsInput {
  if (mistakes.length === 0) return choose(env)
  try {
    return choose(env)
  } catch {
    return {}
  }
}
