import { encodeForm } from '../forms/encode.ts'
import { createDecoder } from '../view/decode.ts'
import { ACTION_FIELD, type ObjectNode } from '../view/form-node.ts'
import { DATA_PREFIX, type Message, type Payload } from '../view/payload.ts'

/** What a test fills into a form: fields by name, as the schema takes them, or any text in their place. */
export type SubmittedValues = Readonly<Record<string, unknown>>

/** What came back after a form was sent. */
export interface Submitted {
  /** 303 when the visitor is sent elsewhere, 422 when the form is shown again. */
  status: number
  /** Where the visitor is sent; `undefined` when the page answers itself. */
  location: string | undefined
  /** Messages by the name of the field; empty where nothing is wrong. */
  errors: Record<string, string[]>
  /** Messages about the form as a whole. */
  formErrors: string[]
  /** What the action gave to its view. */
  actionData: unknown
  /** What the visitor is told on this page. */
  messages: Message[]
}

/** Sends a form of an app whose forms are known. */
export type SubmitWith = (
  fetch: (request: Request) => Promise<Response>,
  path: string,
  action: string | undefined,
  values: SubmittedValues,
) => Promise<Submitted>

/**
 * Sends a form as a browser with a script does.
 *
 * @param fetch Answers the request
 * @param path Path and query of the page
 * @param action The name of one of its `actions`; `undefined` for a page with a single `action`
 * @param node The form, where the action has one: it says how its values are sent
 */
export async function submitForm(
  fetch: (request: Request) => Promise<Response>,
  path: string,
  action: string | undefined,
  values: SubmittedValues,
  node: ObjectNode | undefined,
): Promise<Submitted> {
  const body = new FormData()
  if (action !== undefined) body.append(ACTION_FIELD, action)
  for (const [name, sent] of encodeForm(node ?? NO_FIELDS, values)) for (const value of sent) body.append(name, value)
  // What the form does not have is sent all the same: it has to be refused.
  for (const [name, value] of Object.entries(values))
    if (!Object.hasOwn(node?.fields ?? {}, name)) body.append(name, value instanceof File ? value : String(value))
  const hasFile = [...body.values()].some((value) => typeof value !== 'string')
  const response = await fetch(
    new Request(new URL(DATA_PREFIX + path, 'http://localhost'), {
      method: 'POST',
      body: hasFile ? body : new URLSearchParams([...body] as Array<[string, string]>),
      headers: { 'sec-fetch-site': 'same-origin' },
    }),
  )
  const payload = createDecoder(String).decode((await response.text()).split('\n', 1)[0]!) as Payload
  if ('redirect' in payload)
    return { status: 303, location: payload.redirect, errors: {}, formErrors: [], actionData: undefined, messages: [] }
  return {
    status: payload.status,
    location: undefined,
    errors: payload.form?.errors ?? {},
    formErrors: payload.form?.formErrors ?? [],
    actionData: payload.actionData,
    messages: payload.messages ?? [],
  }
}

/** Reads one form of a page, for whoever `fetch` is; `undefined` where the page has none by that name. */
export async function readForm(
  fetch: (request: Request) => Promise<Response>,
  path: string,
  action: string,
): Promise<ObjectNode | undefined> {
  const request = new Request(new URL(DATA_PREFIX + path, 'http://localhost'), { headers: { 'sec-fetch-site': 'same-origin' } })
  const payload = createDecoder(String).decode((await (await fetch(request)).text()).split('\n', 1)[0]!) as Payload
  return 'redirect' in payload ? undefined : payload.forms?.[action]
}

const NO_FIELDS: ObjectNode = { kind: 'object', label: '', empty: 'value', fields: {} }
