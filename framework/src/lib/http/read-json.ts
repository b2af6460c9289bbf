import type { ZodType } from 'zod'
import { HttpError } from '../core/results.ts'
import { checkBodyHeaders, readText } from './read-body.ts'

/** What a JSON body may cost; the app's limits once it has started. */
let limits = { body: 1_048_576, nesting: 32 }

/** Makes the app's limits those of {@link readJson}. */
export function configureReadJson(own: { body: number; nesting: number }): void {
  limits = { body: own.body, nesting: own.nesting }
}

/**
 * Reads the JSON body of a request.
 *
 * Names that reach into prototypes (`__proto__`, `constructor.prototype`) are refused at any depth, so that what it gives can be merged.
 *
 * @param request The request; its body can be read once
 * @param schema A zod schema that says what is wanted (default: anything)
 * @returns What the schema made of it
 * @throws {HttpError} 415 when it is no JSON or is compressed, 413 when it is too large, 400 when it cannot be read or is nested too
 * deeply, 422 with `data.issues` when the schema refuses it
 */
export async function readJson(request: Request): Promise<unknown>
export async function readJson<T>(request: Request, schema: ZodType<T>): Promise<T>
export async function readJson(request: Request, schema?: ZodType): Promise<unknown> {
  if (!/^application\/(?:json|[\w.!#$&^-]+\+json)$/.test(checkBodyHeaders(request, limits.body)))
    throw new HttpError(415, 'Send JSON here, as application/json.')
  const value = parse(await readText(request, limits.body))
  refuseOddities(value, limits.nesting)
  if (schema === undefined) return value
  const result = await schema.safeParseAsync(value)
  if (result.success) return result.data
  const issues = result.error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }))
  throw new HttpError(422, 'The data is not as it should be.', { data: { issues } })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new HttpError(400, 'The body is not JSON.', { cause: error })
  }
}

function refuseOddities(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null) return
  if (depth === 0) throw new HttpError(400, 'The body is nested too deeply.')
  if (Array.isArray(value)) {
    for (const item of value) refuseOddities(item, depth - 1)
    return
  }
  for (const [name, inner] of Object.entries(value)) {
    const reachesOut = name === 'constructor' && typeof inner === 'object' && inner !== null && Object.hasOwn(inner, 'prototype')
    if (name === '__proto__' || reachesOut) throw new HttpError(400, `The body holds the name '${name}', which is not taken.`)
    refuseOddities(inner, depth - 1)
  }
}
