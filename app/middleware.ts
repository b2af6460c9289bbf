import type { Middleware } from 'hotclub'

/** Nothing here is meant to be framed, or to have its type guessed. */
const plainHeaders: Middleware = async (_context, next) => {
  const response = await next()
  response.headers.set('x-content-type-options', 'nosniff')
  response.headers.set('x-frame-options', 'DENY')
  response.headers.set('referrer-policy', 'strict-origin-when-cross-origin')
  return response
}

/** The whole chain, in order. */
export default [plainHeaders]
