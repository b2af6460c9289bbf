/**
 * What a form is, as data: made once of an action's schema, read by the server's parser and by the browser's fields. Plain JSON,
 * so that it can travel inside the page while the schema's code stays where it is.
 */

/** The name of a widget: what a field is edited with. */
export type WidgetName =
  | 'text'
  | 'email'
  | 'url'
  | 'tel'
  | 'password'
  | 'search'
  | 'color'
  | 'hidden'
  | 'number'
  | 'date'
  | 'time'
  | 'datetime'
  | 'textarea'
  | 'json'
  | 'checkbox'
  | 'select'
  | 'radio'
  | 'checkboxes'
  | 'file'

/** HTML attributes of an input, in React's spelling. Only those that every browser checks, or that help to type. */
export interface InputAttributes {
  min?: string
  max?: string
  step?: string
  minLength?: number
  maxLength?: number
  pattern?: string
  inputMode?: 'text' | 'numeric' | 'decimal' | 'email' | 'tel' | 'url' | 'search'
  autoComplete?: string
  placeholder?: string
  accept?: string
  rows?: number
}

/** One of several values. */
export interface Choice {
  /** As the form sends it. */
  value: string
  label: string
  /** The value itself, where it is no text. */
  raw?: number | boolean
}

interface NodeBase {
  label: string
  help?: string
  /** What an empty field means: an empty value that the schema judges, `null`, or nothing at all. */
  empty: 'value' | 'null' | 'undefined'
}

/** A field that is edited as a whole. */
export interface LeafNode extends NodeBase {
  kind: 'string' | 'number' | 'bigint' | 'boolean' | 'date' | 'instant' | 'choice' | 'file' | 'json'
  widget: WidgetName
  /** Whether a form without it is refused, so that the browser asks for it. */
  required: boolean
  attributes: InputAttributes
  /** Several values under one name: `z.array()` of choices or files. */
  multiple?: boolean
  choices?: Choice[]
  /** Kinds `date` and `instant`: the zone in which its time of day is shown and read, as the IANA names it (default: UTC). */
  timeZone?: string
  /** Bytes a file may have. */
  maxSize?: number
  /** What a new form shows, as the form sends it. */
  initial?: string[]
}

/** Any number of fields of one kind, in order. */
export interface ArrayNode extends NodeBase {
  kind: 'array'
  item: FormNode
  min?: number
  max?: number
}

/** Fields by name. */
export interface ObjectNode extends NodeBase {
  kind: 'object'
  fields: Record<string, FormNode>
}

/** One of several sets of fields, as the field `discriminator` says. */
export interface VariantNode extends NodeBase {
  kind: 'variant'
  discriminator: string
  /** By the discriminator's value as the form sends it. Each set has the discriminator itself. */
  variants: Record<string, ObjectNode>
}

export type FormNode = LeafNode | ArrayNode | ObjectNode | VariantNode

/** What came with a form: the values of each name, in order. */
export type Entries = Map<string, FormDataEntryValue[]>

/** Names that a form uses for itself; no field of an app may have one. */
export const ACTION_FIELD = '_action'
/** Tells several forms of one action apart. */
export const FORM_FIELD = '_form'
/** What to do to a list instead of sending the form. */
export const LIST_FIELD = '_list'
export const CSRF_FIELD = '_csrf'
export const RESERVED_FIELDS: readonly string[] = [ACTION_FIELD, FORM_FIELD, LIST_FIELD, CSRF_FIELD]

/** How a form came back: what was typed, and what is wrong with it. */
export interface FormState {
  /** The action's name. */
  form: string
  /** Which of several forms of that action. */
  id: string
  /** By name, as sent. Passwords and files are left out. */
  values: Record<string, string[]>
  /** Messages by the name of the field or list. */
  errors: Record<string, string[]>
  /** Messages about the form as a whole. */
  formErrors: string[]
}

/** Whether a field is left out when a form is shown again. */
export function isUnshown(node: LeafNode): boolean {
  return node.widget === 'password' || node.kind === 'file'
}

/** Whether a form has to be sent as `multipart/form-data`. */
export function hasFile(node: FormNode): boolean {
  if (node.kind === 'array') return hasFile(node.item)
  if (node.kind === 'object') return Object.values(node.fields).some(hasFile)
  if (node.kind === 'variant') return Object.values(node.variants).some(hasFile)
  return node.kind === 'file'
}
