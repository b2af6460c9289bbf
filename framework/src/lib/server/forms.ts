/** The forms of a page: described once where their schema is always the same, for each request where it is made for the request. */
import type { ZodType } from 'zod'
import type { Context } from '../core/context.ts'
import { HotclubError } from '../core/hotclub-error.ts'
import { describeForm } from '../forms/describe.ts'
import { isFormAction, type SchemaFunction } from '../forms/form-action.ts'
import type { RouteModule } from '../routing/types.ts'
import type { ObjectNode } from '../view/form-node.ts'

/** A form, and the schema that checks it. */
export interface KnownForm {
  schema: ZodType
  node: ObjectNode
}

/** The forms of a route's actions, by name. */
export type RouteForms = Readonly<Record<string, KnownForm | SchemaFunction<ZodType, Context>>>

/** Schemas that were described before: a function may give the same one again and again. */
const known = new WeakMap<ZodType, KnownForm>()

/**
 * The forms of a route.
 *
 * @param file For errors
 * @throws {HotclubError} `HC_ROUTE_EXPORT` for a form without a name, `HC_FORM_SCHEMA` for a schema that is no form
 */
export function formsOf({ action, actions = {} }: RouteModule, file: string): RouteForms | undefined {
  if (isFormAction(action))
    throw new HotclubError('HC_ROUTE_EXPORT', {
      where: `app/${file}`,
      message: `'action' holds a form, and a form needs a name.`,
      hint: `Write 'export const actions = { send: formAction(…) }'.`,
    })
  const forms = Object.entries(actions).flatMap(([name, form]) => {
    if (!isFormAction(form)) return []
    const { schema } = form.options
    return [[name, typeof schema === 'function' ? schema : knownForm(schema)] as const]
  })
  return forms.length > 0 ? Object.fromEntries(forms) : undefined
}

/** One form of a route, for a request. @throws Whatever the function that makes its schema throws */
export async function formFor(forms: RouteForms, name: string, context: Context): Promise<KnownForm> {
  const form = forms[name]!
  return typeof form === 'function' ? knownForm(await form(context)) : form
}

/** The forms of a route as its page needs them. @throws As {@link formFor} */
export async function nodesFor(forms: RouteForms | undefined, context: Context): Promise<Record<string, ObjectNode> | undefined> {
  if (!forms) return undefined
  const nodes = Object.keys(forms).map(async (name) => [name, (await formFor(forms, name, context)).node] as const)
  return Object.fromEntries(await Promise.all(nodes))
}

function knownForm(schema: ZodType): KnownForm {
  let form = known.get(schema)
  if (!form) known.set(schema, (form = { schema, node: describeForm(schema) }))
  return form
}
