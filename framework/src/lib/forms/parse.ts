/**
 * Reads a form's entries into the values that its schema takes. Driven by the form alone: a name that no field has is never read, so no
 * name from outside can reach a prototype or a field that the form does not list.
 */
import { addError, type Errors, indexesOf, itemName, memberName } from './names.ts'
import { type Entries, type FormNode, type LeafNode, type ObjectNode, RESERVED_FIELDS, type VariantNode } from '../view/form-node.ts'
import { fromWall, toWall } from './zones.ts'

/** Items a list may have where its schema says nothing. */
const MAX_ITEMS = 1_000

/** What a form's entries came to. */
export interface ParsedForm {
  /** For the schema to check. Text that is no number, date or choice stays text, which the schema refuses in its own words. */
  value: unknown
  /** What the schema cannot see, by the name of the field. */
  problems: Errors
  /** Names that the form does not have. */
  unknown: string[]
}

/** Reads the entries of a form. */
export function parseForm(form: FormNode, entries: Entries): ParsedForm {
  const parser = new Parser(entries)
  const value = parser.read(form, '')
  return { value, problems: parser.problems, unknown: parser.unknown() }
}

class Parser {
  readonly problems: Errors = {}
  readonly #entries: Entries
  readonly #read = new Set<string>(RESERVED_FIELDS)

  constructor(entries: Entries) {
    this.#entries = entries
  }

  unknown(): string[] {
    return [...this.#entries.keys()].filter((name) => !this.#read.has(name))
  }

  read(node: FormNode, name: string): unknown {
    if (node.kind === 'object') return this.#object(node, name)
    if (node.kind === 'variant') return this.#variant(node, name)
    if (node.kind === 'array') {
      const indexes = indexesOf(this.#entries.keys(), name)
      const isMarked = this.#take(name) !== undefined
      const limit = node.max ?? MAX_ITEMS
      if (indexes.length > limit) this.#problem(name, `At most ${limit}.`)
      const items = indexes.map((index) => this.read(node.item, itemName(name, index)))
      return items.length > 0 || isMarked ? items : this.#nothing(node, [])
    }
    if (node.multiple) return this.#several(node, name)
    return this.#single(node, name)
  }

  #object(node: ObjectNode, name: string): unknown {
    const isMarked = name === '' || this.#take(name) !== undefined
    const isThere = isMarked || node.empty === 'value' || this.#hasContent(name)
    // Without a prototype, so that a field named `toString` that was not sent is not there.
    const value = Object.create(null) as Record<string, unknown>
    for (const key in node.fields) {
      const inner = this.read(node.fields[key]!, memberName(name, key))
      if (inner !== undefined) value[key] = inner
    }
    return isThere ? value : this.#nothing(node, undefined)
  }

  #variant(node: VariantNode, name: string): unknown {
    const kind = this.#entries.get(memberName(name, node.discriminator))?.at(-1)
    const chosen = typeof kind === 'string' && Object.hasOwn(node.variants, kind) ? node.variants[kind] : undefined
    // The fields of the other variants are part of the form too, though nobody asks for what is in them.
    for (const variant of Object.values(node.variants)) if (variant !== chosen) this.#skip(variant, name)
    if (chosen) return this.read({ ...chosen, empty: 'value' }, name)
    this.#take(name)
    return this.#hasContent(name) || node.empty === 'value' ? { [node.discriminator]: kind } : this.#nothing(node, undefined)
  }

  #skip(node: ObjectNode, name: string): void {
    const aside = new Parser(this.#entries)
    aside.read({ ...node, empty: 'value' }, name)
    for (const read of aside.#read) this.#read.add(read)
  }

  /** Whether anything inside an object was filled in. */
  #hasContent(name: string): boolean {
    for (const [key, values] of this.#entries)
      if ((key.startsWith(`${name}.`) || key.startsWith(`${name}[`)) && values.some((value) => value !== '' && !isNoFile(value)))
        return true
    return false
  }

  #take(name: string): FormDataEntryValue[] | undefined {
    this.#read.add(name)
    return this.#entries.get(name)
  }

  #several(node: LeafNode, name: string): unknown {
    const values = this.#take(name)
    if (!values) return this.#nothing(node, [])
    return values.filter((value) => value !== '' && !isNoFile(value)).map((value) => this.#convert(node, value, name))
  }

  #single(node: LeafNode, name: string): unknown {
    const values = this.#take(name)
    if (!values) return node.kind === 'boolean' && node.empty === 'value' ? false : undefined
    if (values.length > 1 && node.kind !== 'boolean') this.#problem(name, 'This came more than once.')
    const value = values.at(-1)!
    if (value === '' || isNoFile(value))
      return this.#nothing(node, node.kind === 'string' ? '' : node.kind === 'boolean' ? false : undefined)
    return this.#convert(node, value, name)
  }

  /** What an empty field stands for. */
  #nothing(node: FormNode, value: unknown): unknown {
    return node.empty === 'null' ? null : node.empty === 'undefined' ? undefined : value
  }

  #convert(node: LeafNode, value: FormDataEntryValue, name: string): unknown {
    if (typeof value !== 'string') {
      if (node.kind !== 'file') this.#problem(name, 'A file does not belong here.')
      return value
    }
    switch (node.kind) {
      case 'file':
        this.#problem(name, 'Choose a file.')
        return undefined
      case 'number':
        return toNumber(value.trim()) ?? value
      case 'bigint':
        return /^[+-]?\d{1,400}$/.test(value.trim()) ? BigInt(value.trim().replace(/^\+/, '')) : value
      case 'boolean':
        return BOOLEANS.get(value) ?? value
      case 'date':
        return fromWall(value.trim(), node.timeZone) ?? value
      case 'instant':
        return toInstant(value.trim(), node.timeZone) ?? value
      case 'choice':
        return node.choices?.find((choice) => choice.value === value)?.raw ?? value
      case 'json':
        return this.#json(value, name)
      case 'string':
        if (value.includes('\0')) this.#problem(name, 'This holds a character that is no text.')
        // Browsers send the line breaks of a text area as CR LF, but count each as one.
        return value.replaceAll('\r\n', '\n')
    }
  }

  #json(text: string, name: string): unknown {
    try {
      return JSON.parse(text, (key, value: unknown) => {
        if (key === '__proto__') throw new SyntaxError('A key may not be named __proto__.')
        return value
      })
    } catch {
      this.#problem(name, 'Enter valid JSON.')
      return undefined
    }
  }

  #problem(name: string, message: string): void {
    addError(this.problems, name, message)
  }
}

const BOOLEANS = new Map([
  ['on', true],
  ['true', true],
  ['1', true],
  ['off', false],
  ['false', false],
  ['0', false],
])

function toNumber(text: string): number | undefined {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/.test(text) ? Number(text) : undefined
}

/** A text with its offset stays as it is; a time of day becomes the instant in UTC. */
function toInstant(text: string, zone: string | undefined): string | undefined {
  if (/(?:Z|[+-]\d\d:?\d\d)$/.test(text)) return text
  const date = fromWall(text, zone)
  if (!date) return undefined
  return zone === undefined || zone === 'UTC' ? `${text}Z` : `${toWall(date)}Z`
}

/** What browsers send for a file input in which nothing was chosen. */
function isNoFile(value: FormDataEntryValue): boolean {
  return typeof value !== 'string' && value.size === 0 && value.name === ''
}
