import type { Context, Middleware } from '../core/context.ts'
import { HotclubError } from '../core/hotclub-error.ts'
import { withOwnHeaders } from './responses.ts'

/**
 * Runs a chain of middleware around `inner`, in order. What a link throws is answered where it stands, so that the links
 * before it see a response and their headers reach it.
 *
 * @param fail Makes the answer to what a link threw; `HC_RESULT` when it returned nothing or called `next()` twice
 */
export function runMiddleware(
  chain: Middleware[],
  context: Context,
  inner: () => Promise<Response>,
  fail: (error: unknown) => Promise<Response>,
): Promise<Response> {
  const run = async (index: number): Promise<Response> => {
    const link = chain[index]
    if (!link) return withOwnHeaders(await inner())
    try {
      return withOwnHeaders(await follow(link, index))
    } catch (error) {
      return withOwnHeaders(await fail(error))
    }
  }
  const follow = async (link: Middleware, index: number): Promise<Response> => {
    let called = false
    const response = await link(context, () => {
      if (called) throw misuse(link, index, 'called next() twice', 'Call next() once and return what it gives.')
      called = true
      return run(index + 1)
    })
    if (!(response instanceof Response))
      throw misuse(link, index, 'returned no response', 'Return the response of next(), or one of your own.')
    return response
  }
  return run(0)
}

function misuse(link: Middleware, index: number, what: string, hint: string): HotclubError {
  return new HotclubError('HC_RESULT', {
    where: 'app/middleware.ts',
    message: `The middleware ${link.name ? `'${link.name}'` : `number ${index + 1}`} ${what}.`,
    hint,
  })
}
