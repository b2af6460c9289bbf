/** Writes values as a form sends them: the other way of `parse.ts`. */
import { itemName, memberName, own } from './names.ts'
import type { Entries, FormNode, LeafNode } from '../view/form-node.ts'
import { toWall } from './zones.ts'

/**
 * Gives the entries of a form that holds `value`. Reading them again gives the same value.
 *
 * @param value What the schema takes; fields without a value are left out
 */
export function encodeForm(form: FormNode, value: unknown): Entries {
  const entries: Entries = new Map()
  write(form, value, '', entries)
  return entries
}

function write(node: FormNode, value: unknown, name: string, entries: Entries): void {
  if (value === undefined) return
  if (value === null && node.kind !== 'json') {
    // An object or a list that is not there sends nothing; its own name would say that it is there.
    if ('widget' in node) entries.set(name, [''])
    return
  }
  switch (node.kind) {
    case 'object':
      // A field of its own says that it is there, though it may be empty.
      if (name !== '' && node.empty !== 'value') entries.set(name, [''])
      for (const key in node.fields) write(node.fields[key]!, own(value as Record<string, unknown>, key), memberName(name, key), entries)
      return
    case 'variant': {
      const chosen = node.variants[String((value as Record<string, unknown>)[node.discriminator])]
      if (chosen) write(chosen, value, name, entries)
      return
    }
    case 'array':
      if (node.empty !== 'value') entries.set(name, [''])
      ;(value as unknown[]).forEach((item, index) => {
        const inner = itemName(name, index)
        if (mayBeSilent(node.item)) entries.set(inner, [''])
        write(node.item, item, inner, entries)
      })
      return
    default:
      writeLeaf(node, value, name, entries)
  }
}

function writeLeaf(node: LeafNode, value: unknown, name: string, entries: Entries): void {
  if (node.multiple) {
    const values = (value as unknown[]).map((item) => toEntry(node, item))
    if (values.length > 0 || node.empty !== 'value') entries.set(name, node.empty === 'value' ? values : ['', ...values])
    return
  }
  // An unticked box sends nothing; a choice of yes, no and nothing says no.
  if (node.kind === 'boolean' && value === false && node.empty === 'value') return
  entries.set(name, [toEntry(node, value)])
}

/** Whether a field may send nothing at all, as an unticked box does. An item of a list then needs its name to be there. */
export function mayBeSilent(node: FormNode): boolean {
  return !('widget' in node) || node.kind === 'boolean' || node.multiple === true
}

function toEntry(node: LeafNode, value: unknown): FormDataEntryValue {
  switch (node.kind) {
    case 'file':
      return value as File
    case 'boolean':
      return node.empty === 'value' ? 'on' : String(value)
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value)
    case 'json':
      return JSON.stringify(value)
    case 'date':
      if (!(value instanceof Date)) return String(value)
      return node.widget === 'date' ? value.toISOString().slice(0, 10) : toWall(value, node.timeZone)
    case 'instant':
      return toLocal(String(value), node.timeZone)
    default:
      return hasToFixed(value) ? value.toFixed() : String(value)
  }
}

/** An instant in UTC as the time of day in the form's zone. */
function toLocal(text: string, zone: string | undefined): string {
  if ((zone === undefined || zone === 'UTC') && text.endsWith('Z')) return text.slice(0, -1)
  const date = new Date(text)
  return Number.isNaN(date.getTime()) ? text : toWall(date, zone)
}

/** A `Decimal`, which writes large and small numbers with an exponent unless told not to. */
function hasToFixed(value: unknown): value is { toFixed(): string } {
  return typeof value === 'object' && value !== null && 'toFixed' in value && typeof value.toFixed === 'function'
}
