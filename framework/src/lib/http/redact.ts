/** Names whose values stay out of logs, in any spelling: `Authorization`, `user_password`, `apiKey`, `set-cookie`, `DATABASE_URL`. */
const secret =
  /passw|pwd|secret|token|authori[sz]ation|cookie|api[-_]?key|private[-_]?key|secret[-_]?key|session|credential|signature|csrf|jwt|database[-_]?url|^(?:key|code|sig|auth|pass|pin|otp|sid)$/i

const hidden = '[redacted]'
const maxDepth = 6

/** Whether a field, header, parameter or variable of this name probably holds a secret. */
export function isSecretName(name: string): boolean {
  return secret.test(name)
}

/**
 * Returns a copy of a value for the log, with the values of secret-looking names replaced by `[redacted]` at any depth.
 * Errors and other class instances pass as they are; what lies deeper than six levels is left out.
 */
export function redact(value: unknown, depth = 0): unknown {
  if (Array.isArray(value)) return depth >= maxDepth ? '[deep]' : value.map((item) => redact(item, depth + 1))
  if (!isPlain(value)) return value
  if (depth >= maxDepth) return '[deep]'
  const copy: Record<string, unknown> = {}
  for (const [name, inner] of Object.entries(value)) copy[name] = isSecretName(name) ? hidden : redact(inner, depth + 1)
  return copy
}

/**
 * Returns a request target for the log: the path, and the query with the values of secret-looking parameters hidden.
 *
 * @param target Path and query as the client sent them; cut after 1,000 characters
 */
export function redactTarget(target: string): string {
  const mark = target.indexOf('?')
  const cut = (text: string): string => (text.length > 1000 ? `${text.slice(0, 1000)}…` : text)
  if (mark === -1) return cut(target)
  const pairs = target
    .slice(mark + 1)
    .split('&')
    .map((pair) => {
      const equals = pair.indexOf('=')
      return equals !== -1 && isSecretName(decoded(pair.slice(0, equals))) ? `${pair.slice(0, equals)}=${hidden}` : pair
    })
  return cut(`${target.slice(0, mark)}?${pairs.join('&')}`)
}

function decoded(name: string): string {
  if (!name.includes('%')) return name
  try {
    return decodeURIComponent(name)
  } catch {
    // Broken encodings hide nothing from whoever reads the log; the name is judged as it stands.
    return name
  }
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
