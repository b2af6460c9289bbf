/**
 * Reads what devalue's `stringify` writes (the version pinned in package.json; property tests hold both together).
 * devalue's own `parse` guards against hostile input; ours comes from our server, and this is a third of the size.
 */

/** Values without an entry of their own, by their negative index; 2 is a hole in an array. */
const SPECIAL = [undefined, undefined, undefined, NaN, Infinity, -Infinity, -0]
const HOLE = -2
const SPARSE = -7

/** Names, texts and the indexes of other entries. */
type Part = string | number
type Constructor = new (...values: unknown[]) => unknown

/**
 * Restores a value from its flat form: an array in which objects name their parts by index.
 *
 * @param entries The flat form
 * @param revivers Makes the values of custom types
 */
export function unflatten(entries: unknown[], revivers: Record<string, (value: never) => unknown>): unknown {
  const made: unknown[] = []

  const at = (part: Part | undefined): unknown => {
    const index = Number(part)
    if (index < 0) return SPECIAL[-index]
    return index in made ? made[index] : make(index, entries[index])
  }

  // Whatever holds other values is registered before they are made: they may lead back to it.
  const make = (index: number, entry: unknown): unknown => {
    const register = <T>(value: T): T => {
      made[index] = value
      return value
    }
    if (typeof entry !== 'object' || entry === null) return register(entry)
    if (!Array.isArray(entry)) return fill(register({}), Object.entries(entry as Record<string, Part>).flat())
    const [type, ...rest] = entry as Part[]
    if (typeof type === 'string') return revive(register, type, rest)
    const array = register<unknown[]>([])
    array.length = Number(type === SPARSE ? rest.shift() : entry.length)
    if (type === SPARSE) return fill(array, rest)
    entry.forEach((part: number, place) => {
      if (part !== HOLE) array[place] = at(part)
    })
    return array
  }

  /** @param parts Names and indexes in turn */
  const fill = (target: object, parts: Part[]): object => {
    for (let place = 0; place < parts.length; place += 2) Reflect.set(target, parts[place]!, at(parts[place + 1]))
    return target
  }

  const revive = (register: <T>(value: T) => T, type: string, rest: Part[]): unknown => {
    if (Object.hasOwn(revivers, type)) return register(revivers[type]!(at(rest[0]) as never))
    if (type === 'null') return fill(register(Object.create(null) as object), rest)
    if (type === 'Set') {
      const set = register(new Set())
      for (const part of rest) set.add(at(part))
      return set
    }
    if (type === 'Map') {
      const map = register(new Map())
      for (let place = 0; place < rest.length; place += 2) map.set(at(rest[place]), at(rest[place + 1]))
      return map
    }
    return register(leaf(type, rest))
  }

  const leaf = (type: string, [first, ...rest]: Part[]): unknown => {
    if (type === 'BigInt') return BigInt(first!)
    if (type === 'Object') return Object(at(first))
    if (type === 'ArrayBuffer') return Uint8Array.from(atob(String(first)), (char) => char.charCodeAt(0)).buffer
    return new (Reflect.get(globalThis, type) as Constructor)(/(Array|View)$/.test(type) ? at(first) : first, ...rest)
  }

  return at(0)
}
