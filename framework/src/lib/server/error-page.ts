import { isHttpError, statusText } from '../core/results.ts'
import { fastResponse } from './responses.ts'

/** The page of last resort: no React, no script, no style but attributes, which every policy of ours allows, nothing but status, words and the request id. */
export function plainErrorPage(error: unknown, requestId: string): Response {
  const status = isHttpError(error) ? error.status : 500
  const title = `${status} ${statusText(status)}`
  const html = `<!DOCTYPE html>
<html lang="en" style="color-scheme:light dark"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
</head><body style="font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:20vh auto;padding:0 1rem"><h1>${title}</h1><p>${status < 500 ? 'This request could not be answered.' : 'Something went wrong on our side. Please try again later.'}</p>
<p><small style="opacity:.7">Request ${requestId}</small></p></body></html>`
  const headers = isHttpError(error) ? error.headers : {}
  return fastResponse(html, status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'private, no-cache',
    ...headers,
  })
}
