/**
 * Whether an error says that a request's body is larger than `limits.body`: answer it with 413. Reading a body through Node's own
 * `Request` (`formData()`) may wrap the error, so its causes are asked too.
 */
export function isBodyTooLarge(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++)
    if ('code' in cause && cause.code === 'ERR_BODY_TOO_LARGE') return true
  return false
}
