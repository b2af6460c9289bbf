/** Adds, removes and moves items of a list among a form's entries: what the buttons of a list do where no script runs. */
import { indexesOf, itemName, nodeAt } from './names.ts'
import type { Entries, FormNode } from '../view/form-node.ts'

/** What a button of a list asks for. */
export interface ListOperation {
  kind: 'add' | 'remove' | 'up' | 'down'
  /** The name of the list. */
  list: string
  /** The item it is about; of `add`, none. */
  index: number
}

/** Writes an operation as the value of a button. */
export function formatListOperation({ kind, list, index }: ListOperation): string {
  return kind === 'add' ? `add:${list}` : `${kind}:${list}:${index}`
}

/**
 * Reads what a button of a list sent.
 *
 * @returns `undefined` when it is no operation on a list of this form
 */
export function parseListOperation(text: string, form: FormNode): ListOperation | undefined {
  const match = /^(?:(add):([^:]{1,500})|(remove|up|down):([^:]{1,500}):(\d{1,6}))$/.exec(text)
  if (!match) return undefined
  const kind = (match[1] ?? match[3]) as ListOperation['kind']
  const list = (match[2] ?? match[4])!
  return nodeAt(form, list)?.kind === 'array' ? { kind, list, index: Number(match[5] ?? 0) } : undefined
}

/** Gives the entries as they are after the operation, items numbered from 0 in their order. */
export function applyListOperation(entries: Entries, { kind, list, index }: ListOperation): Entries {
  const before = indexesOf(entries.keys(), list)
  const order: Array<number | undefined> = [...before]
  const place = before.indexOf(index)
  if (kind === 'add') order.push(undefined)
  else if (place >= 0 && kind === 'remove') order.splice(place, 1)
  else if (place >= 0) {
    const other = place + (kind === 'up' ? -1 : 1)
    if (other >= 0 && other < order.length) [order[place], order[other]] = [order[other], order[place]]
  }
  const places = new Map(order.map((from, to) => [from, to]))
  const result: Entries = new Map()
  for (const [name, values] of entries) {
    const from = indexOfItem(name, list)
    if (from === undefined) result.set(name, values)
    else if (places.has(from)) result.set(itemName(list, places.get(from)!) + name.slice(itemName(list, from).length), values)
  }
  // Its own name says that a new item is there, and that an emptied list is meant to be.
  if (kind === 'add') result.set(itemName(list, order.length - 1), [''])
  result.set(list, [''])
  return result
}

function indexOfItem(name: string, list: string): number | undefined {
  return name.startsWith(`${list}[`) ? indexesOf([name], list)[0] : undefined
}
