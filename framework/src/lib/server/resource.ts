import type { Context } from '../core/context.ts'
import { HotclubError } from '../core/hotclub-error.ts'
import { METHODS, type Method } from '../core/methods.ts'
import { HttpError } from '../core/results.ts'
import type { ContextFunction, RouteModule } from '../routing/types.ts'
import type { Chain } from './chain.ts'
import { emptyResponse, jsonResponse } from './responses.ts'

/** Answers a request to a resource route with the handler of its method. */
export async function answerResource(chain: Chain, context: Context): Promise<Response> {
  const method = context.request.method
  const handler = handlerFor(chain.leaf, method)
  if (handler) {
    return toResponse(await handler(context), chain, method)
  }
  const allow = allowed(chain.leaf)
  if (method === 'OPTIONS') return emptyResponse(204, { allow })
  throw methodNotAllowed(method, allow)
}

/** The 405 that names what is allowed. */
export function methodNotAllowed(method: string, allow: string): HttpError {
  return new HttpError(405, `${method} is not allowed here.`, { headers: { allow } })
}

function handlerFor(module: RouteModule, method: string): ContextFunction | undefined {
  if (!(METHODS as readonly string[]).includes(method)) return undefined
  return module[method as Method] ?? (method === 'HEAD' ? module.GET : undefined)
}

function allowed(module: RouteModule): string {
  const own = METHODS.filter((method) => module[method] || (method === 'HEAD' && module.GET))
  return [...new Set([...own, 'OPTIONS'])].join(', ')
}

function toResponse(value: unknown, chain: Chain, method: string): Response {
  if (value instanceof Response) return value
  if (value === undefined) return emptyResponse(204)
  if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint')
    throw new HotclubError('HC_RESULT', {
      where: `app/${chain.files[0]}`,
      message: `${method} returned a ${typeof value}, which cannot become a response.`,
      hint: 'Return a Response, a value that JSON can hold, or nothing (204).',
    })
  return jsonResponse(value)
}
