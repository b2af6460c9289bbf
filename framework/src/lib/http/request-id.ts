import { randomBytes } from 'node:crypto'

const key = Symbol.for('hotclub.requestId')

interface Named {
  [key]?: string
}

/** Names the process, so that ids of different workers and restarts differ; the counter names the request. */
const prefix = randomBytes(9).toString('base64url')
let counter = 0

/** Makes an id that no other request has. It is not secret, and ids of one process can be guessed from one another. */
export function createRequestId(): string {
  return `${prefix}-${(++counter).toString(36)}`
}

/** Whether an id that came from outside may stand in logs and headers: letters, digits and `. _ : + / = -`, up to 128. */
export function isSafeRequestId(id: string): boolean {
  return /^[\w.:+/=-]{1,128}$/.test(id)
}

/** Gives a request the id under which the server logs it. */
export function setRequestId(request: Request, id: string): void {
  ;(request as Request & Named)[key] = id
}

/** Returns the id of a request; one that did not come through the server gets its id here and keeps it. */
export function requestIdOf(request: Request): string {
  return ((request as Request & Named)[key] ??= createRequestId())
}
