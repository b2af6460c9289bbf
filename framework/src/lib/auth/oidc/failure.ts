/**
 * Why nobody was signed in: `denied` by the visitor themselves, `unavailable` for a provider that does not answer, `failed` for anything
 * that is wrong in what came.
 */
export type OidcFailure = 'denied' | 'unavailable' | 'failed'

/** What went wrong, for the visitor and for the log. Tokens and codes, which errors carry along, are in neither. */
export function failureOf(error: unknown): { reason: OidcFailure; detail: Record<string, unknown> } {
  const { message, code, error: said, error_description: description, status, cause } = fieldsOf(error)
  const detail = Object.fromEntries(
    Object.entries({ message, code, said, description, status, cause: fieldsOf(cause)['message'] }).filter(
      ([, value]) => value !== undefined,
    ),
  )
  if (said === 'access_denied') return { reason: 'denied', detail }
  const isAway = said === 'temporarily_unavailable' || said === 'server_error' || isSilence(error)
  return { reason: isAway ? 'unavailable' : 'failed', detail }
}

/** Whether there was no answer worth reading: no connection, no time left, or the status of a server in trouble. */
function isSilence(error: unknown): boolean {
  const { message, code, cause } = fieldsOf(error)
  return message === 'fetch failed' || code === 'OAUTH_TIMEOUT' || (cause instanceof Response && cause.status >= 500)
}

function fieldsOf(error: unknown): Record<string, unknown> {
  if (typeof error !== 'object' || error === null) return {}
  const { message, code, error: said, error_description, status, cause } = error as Record<string, unknown>
  return { message, code, error: said, error_description, status, cause }
}
