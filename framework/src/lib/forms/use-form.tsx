import { useContext, useId, useState, type ComponentProps, type ReactNode } from 'react'
import type { z, ZodType } from 'zod'
import { HotclubError } from '../core/hotclub-error.ts'
import { NavigationReactContext, usePageContext } from '../view/router.ts'
import { ACTION_FIELD, type FormState, FORM_FIELD, type ObjectNode } from '../view/form-node.ts'
import { encodeForm } from './encode.ts'
import type { FieldComponent } from './field.tsx'
import { Field } from './field.tsx'
import type { PartialValues } from './field-name.ts'
import type { FormAction } from './form-action.ts'
import { FormRoot, type FormRootProps } from './form-root.tsx'
import { List, type ListComponent } from './list.tsx'
import { toEntries } from './names.ts'
import { parseForm } from './parse.ts'

/** What a form's schema takes. */
type InputOf<A> = A extends FormAction<infer S, never, unknown> ? z.input<S> : never

export interface UseFormOptions<A> {
  /** What the fields show at first (default: the defaults of the schema). */
  values?: PartialValues<InputOf<A>> | undefined
  /** Tells several forms of one action on a page apart: the id of the row each is about. */
  id?: string | number
  /**
   * The schema again, to have the browser check the whole form before it is sent; it and zod then become part of the page's script (default: the
   * browser checks what HTML can, the server the rest).
   */
  validate?: A extends FormAction<infer S, never, unknown> ? S : never
}

/** A form of one of the page's actions. */
export interface UsedForm<A> {
  /** The `<form>`, with a summary of what is wrong. Takes the attributes of a form. */
  Form: (props: FormProps) => ReactNode
  /** A field with its label, help and errors. */
  Field: FieldComponent<InputOf<A>>
  /** Any number of items, with buttons to add, remove and move them. */
  List: ListComponent<InputOf<A>>
  /** Whether the form is being sent. */
  pending: boolean
  /** What is being sent, as the schema takes it, to show it before the server has answered; `undefined` while nothing is. */
  optimistic: Partial<InputOf<A>> | undefined
  /** Whether the form came back with something wrong. */
  invalid: boolean
}

/** The attributes of a form, and what its own props add. */
export interface FormProps extends Omit<ComponentProps<'form'>, 'method' | 'encType' | 'action' | 'id'> {
  /** Replaces the summary of errors at its top; `null` leaves it out. */
  summary?: ReactNode
  /** Keeps scroll position and focus after it was sent (default: while the page stays the same). */
  keepScroll?: boolean
  id?: string
}

/**
 * Gives the parts of a form, typed by its action: `useForm<typeof actions.review>('review')`.
 *
 * @param name The name of the action in `actions` of this page
 * @throws {HotclubError} `HC_FORM_NAME` when the page has no such form
 */
export function useForm<A extends FormAction<ZodType, never, unknown>>(name: string, options: UseFormOptions<A> = {}): UsedForm<A> {
  const { page } = usePageContext()
  const navigation = useContext(NavigationReactContext)
  const idPrefix = useId()
  const [local, setLocal] = useState<{ state: FormState | undefined; page: object } | undefined>()
  const node = formNode(page.forms, name, page.route)
  const id = String(options.id ?? '')
  const isOurs = navigation.form?.get(ACTION_FIELD) === name && (navigation.form.get(FORM_FIELD) ?? '') === id
  const pending = navigation.state === 'submitting' && isOurs
  const returned = page.form?.form === name && page.form.id === id ? page.form : undefined
  // What the browser found is out of date once the server has spoken.
  const state = local && local.page === page ? local.state : returned
  const values = state
    ? state.values
    : options.values
      ? (Object.fromEntries(encodeForm(node, options.values)) as Record<string, string[]>)
      : NO_VALUES
  const [handle] = useState<{ current: FormRootProps; Form: UsedForm<A>['Form'] }>(() => {
    const made = { current: {} as FormRootProps, Form: (props: FormProps) => <FormRoot {...made.current} attributes={props} /> }
    return made
  })
  // The form stands below whoever calls this and is rendered in the same pass, so it sees what is set here; its component has to
  // stay the same, or each render would begin the form anew.
  // oxlint-disable-next-line react/immutability -- see above
  handle.current = {
    scope: { name, node, values, state, idPrefix, place: { name: '', source: '' } },
    id,
    pending,
    page,
    schema: options.validate,
    setState: (next) => setLocal({ state: next, page }),
    attributes: {},
  }
  return {
    Form: handle.Form,
    Field: Field as unknown as FieldComponent<InputOf<A>>,
    List: List as unknown as ListComponent<InputOf<A>>,
    pending,
    optimistic: pending ? (parseForm(node, toEntries(navigation.form!)).value as Partial<InputOf<A>>) : undefined,
    invalid: state !== undefined && (state.formErrors.length > 0 || Object.keys(state.errors).length > 0),
  }
}

const NO_VALUES: Record<string, string[]> = {}

function formNode(forms: Record<string, ObjectNode> | undefined, name: string, route: string): ObjectNode {
  const node = forms && Object.hasOwn(forms, name) ? forms[name] : undefined
  if (node) return node
  const names = Object.keys(forms ?? {})
  throw new HotclubError('HC_FORM_NAME', {
    where: route,
    message: `This page has no form '${name}'.`,
    hint:
      names.length > 0
        ? `Its forms are ${names.join(', ')}.`
        : 'Declare it: export const actions = { … } with formAction(). A form of another page is a plain <Form> that posts there.',
  })
}
