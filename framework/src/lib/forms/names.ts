/** Names of fields: `address.street`, `cast[2].name`. */
import type { Entries, FormNode } from '../view/form-node.ts'

/** The name of a field inside an object; the outermost object has no name. */
export function memberName(parent: string, key: string): string {
  return parent === '' ? key : `${parent}.${key}`
}

/** The name of an item of a list. */
export function itemName(list: string, index: number): string {
  return `${list}[${index}]`
}

/** The name of the field that a schema's issue is about: what is wrong inside of its value is wrong with the field. */
export function nameOfPath(form: FormNode, path: readonly PropertyKey[]): string {
  let name = ''
  let node: FormNode | undefined = form
  for (const part of path) {
    if (node && 'widget' in node) break
    name = typeof part === 'number' ? itemName(name, part) : memberName(name, String(part))
    node = node && child(node, String(part))
  }
  return name
}

/**
 * Finds a field by its name.
 *
 * @returns `undefined` when the form has no such field
 */
export function nodeAt(form: FormNode, name: string): FormNode | undefined {
  let node: FormNode | undefined = form
  for (const part of name === '' ? [] : name.replaceAll(/\[(\d+)\]/g, '.$1').split('.')) node = node && child(node, part)
  return node
}

function child(node: FormNode, part: string): FormNode | undefined {
  if (node.kind === 'array') return /^\d+$/.test(part) ? node.item : undefined
  if (node.kind === 'object') return Object.hasOwn(node.fields, part) ? node.fields[part] : undefined
  if (node.kind !== 'variant') return undefined
  return Object.values(node.variants)
    .map((variant) => child(variant, part))
    .find((found) => found !== undefined)
}

/** The indexes under which items of a list came, in order. A number in another spelling (`01`) is no index. */
export function indexesOf(names: Iterable<string>, list: string): number[] {
  const start = `${list}[`
  const indexes = new Set<number>()
  for (const name of names) {
    if (!name.startsWith(start)) continue
    const digits = name.slice(start.length, name.indexOf(']', start.length))
    if (/^(?:0|[1-9]\d{0,5})$/.test(digits)) indexes.add(Number(digits))
  }
  return [...indexes].sort((a, b) => a - b)
}

/** A value of a record by a name from outside, which may be one that every object has (`constructor`). */
export function own<T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return record && Object.hasOwn(record, name) ? record[name] : undefined
}

/** Messages by the name of a field. */
export type Errors = Record<string, string[]>

/** Adds a message to those of a field, once. */
export function addError(errors: Errors, name: string, message: string): void {
  const known = own(errors, name)
  if (known?.includes(message)) return
  if (known) known.push(message)
  else errors[name] = [message]
}

/** Groups what came with a form by name. */
export function toEntries(form: FormData): Entries {
  const entries: Entries = new Map()
  for (const [name, value] of form) {
    const values = entries.get(name)
    if (values) values.push(value)
    else entries.set(name, [value])
  }
  return entries
}
