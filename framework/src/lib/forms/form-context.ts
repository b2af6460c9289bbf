/** What the parts of a form know of it, and of the field they stand in. */
import { createContext, useContext } from 'react'
import type { FormNode, FormState, LeafNode } from '../view/form-node.ts'

/** A form, as the fields inside it see it. */
export interface FormScope {
  /** The action's name. */
  name: string
  node: FormNode
  /** What fields show: as typed and sent back, or as the page gave it. */
  values: Readonly<Record<string, string[]>>
  /** The form as it came back from the server or the browser's own check; `undefined` while nothing is wrong. */
  state: FormState | undefined
  /** Starts the ids of fields; no other form on the page has it. */
  idPrefix: string
  /** Where in the form the parts stand: the item of a list has a name of its own. */
  place: Place
}

/** A place inside a form. */
export interface Place {
  /** Starts the names of fields: `cast[2]`; empty outside of lists. */
  name: string
  /** The name under which what is shown here came: of a list whose items were moved, another one. */
  source: string | undefined
}

export const FormReactContext: React.Context<FormScope | undefined> = createContext<FormScope | undefined>(undefined)

/** The form around a part. Throws outside of one. */
export function useFormScope(part: string): FormScope {
  const scope = useContext(FormReactContext)
  if (!scope) throw new Error(`<${part}> stands outside of a form. Put it inside the <Form> that useForm() gives.`)
  return scope
}

/** The id of a field or list, by its name. */
export function fieldId({ idPrefix }: FormScope, name: string): string {
  return `${idPrefix}-${name.replaceAll(/[.[\]]+/g, '-')}`
}

/** A field, as its parts see it. */
export interface FieldInfo {
  /** As the form sends it: `cast[2].role`. */
  name: string
  node: LeafNode
  label: string
  help: string | undefined
  /** What is wrong with it; empty while nothing is. */
  errors: string[]
  /** What it shows, as the form sends it. */
  values: string[]
  /** Of the input, its help and its errors. */
  id: string
  helpId: string
  errorId: string
}

export const FieldReactContext: React.Context<FieldInfo | undefined> = createContext<FieldInfo | undefined>(undefined)

/** The field around a part. Throws outside of one. */
export function useFieldInfo(part: string): FieldInfo {
  const field = useContext(FieldReactContext)
  if (!field) throw new Error(`<${part}> stands outside of a field. Put it inside a <Field>.`)
  return field
}
