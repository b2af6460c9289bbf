import type { IncomingMessage } from 'node:http'

/**
 * Watches a body of unknown length while it arrives. Once it is too large, `refuse` is called, whoever reads the body gets an error
 * (`isBodyTooLarge`), and what still comes is dropped.
 *
 * This stands before any stream of the body: ending one of those early closes the connection, and no answer could be sent.
 */
export function limitBody(req: IncomingMessage, limit: number, refuse: () => void): void {
  const push = req.push.bind(req)
  let size = 0
  req.push = (chunk: Buffer | null, encoding?: BufferEncoding): boolean => {
    const before = size
    size += chunk?.length ?? 0
    if (chunk === null || size <= limit) return push(chunk, encoding)
    if (before <= limit) {
      refuse()
      // A body nobody reads has nobody to tell.
      req.on('error', () => {})
      req.emit('error', Object.assign(new Error(`The request body is larger than ${limit} bytes.`), { code: 'ERR_BODY_TOO_LARGE' }))
    }
    return true
  }
}
