/** For tests of this area: commands to a cache, and the simplest thing that answers them rightly. */
import fc from 'fast-check'
import type { Cache } from './cache.ts'

/** What may be done to a cache in a test, by which of its namespaces. */
export type Command = { space: number } & (
  | { do: 'get' | 'has' | 'delete'; key: string }
  | { do: 'set' | 'add' | 'getOrSet'; key: string; value: unknown; seconds: number; tags: string[] }
  | { do: 'touch'; key: string; seconds: number }
  | { do: 'increment'; key: string; by: number }
  | { do: 'getMany' | 'deleteMany'; keys: string[] }
  | { do: 'setMany'; values: Array<[string, unknown]>; tags: string[] }
  | { do: 'invalidate'; tags: string[] }
  | { do: 'clear' }
  | { do: 'wait'; seconds: number }
)

/** Paths of the namespaces that commands are given in. */
const spaces: string[][] = [[], ['a'], ['a', 'b'], ['a","b']]

const key = fc.constantFrom('a', 'b', '', ' ', 'a","b', '\0\n\r', '\uD800', '\uD801', 'x'.repeat(300), 'x'.repeat(301), '__proto__', 'ключ')
const keys = fc.array(key, { maxLength: 4 })
const tags = fc.array(fc.constantFrom('a', 'b', '', 'x'.repeat(300), '\uD800', 'na'), { maxLength: 3 })
const value = fc.oneof(
  fc.constantFrom(undefined, null, 0, -0, NaN, Infinity, '', false, 10n ** 30n, new Date(0), new Map([[{ a: 1 }, new Set([1])]])),
  fc.constantFrom(new Uint8Array([0, 255]), new URL('https://example.com/'), [undefined, 1], { a: { b: [1, '\uD800', '<'] } }),
  fc.string(),
  fc.integer(),
)

/**
 * Commands in a row.
 *
 * @param seconds The lives that entries are given. Where time passes, far enough apart that a tenth more or less changes nothing
 */
export function commands(seconds: readonly number[], waits: readonly number[] = []): fc.Arbitrary<Command[]> {
  const life = fc.constantFrom(...seconds)
  const command = fc.oneof(
    { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('get', 'has', 'delete'), key }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('set', 'add', 'getOrSet'), key, value, seconds: life, tags }) },
    fc.record({ do: fc.constant('touch'), key, seconds: life }),
    fc.record({ do: fc.constant('increment'), key, by: fc.integer({ min: -9, max: 9 }) }),
    fc.record({ do: fc.constantFrom('getMany', 'deleteMany'), keys }),
    fc.record({ do: fc.constant('setMany'), values: fc.array(fc.tuple(key, value), { maxLength: 3 }), tags }),
    fc.record({ do: fc.constant('invalidate'), tags }),
    fc.record({ do: fc.constant('clear') }),
    ...(waits.length > 0 ? [fc.record({ do: fc.constant('wait'), seconds: fc.constantFrom(...waits) })] : []),
  )
  const placed = fc.tuple(fc.nat(spaces.length - 1), command).map(([space, rest]) => ({ space, ...rest }) as Command)
  return fc.array(placed, { maxLength: 40 })
}

/** Gives a command to a cache. Many values at once are given one key each, because which of two for one key wins is not said. */
export async function run(root: Cache, command: Command): Promise<unknown> {
  const cache = spaces[command.space]!.reduce((outer, name) => outer.namespace(name), root)
  switch (command.do) {
    case 'get':
    case 'has':
    case 'delete':
      return await cache[command.do](command.key)
    case 'set':
    case 'add':
      return await cache[command.do](command.key, command.value, command)
    case 'getOrSet':
      return await cache.getOrSet(command.key, () => command.value, command)
    case 'touch':
      return await cache.touch(command.key, command.seconds)
    case 'increment':
      return await cache.increment(command.key, command.by, { seconds: Infinity })
    case 'getMany':
    case 'deleteMany':
      return await cache[command.do](command.keys)
    case 'setMany':
      return await cache.setMany(new Map(command.values), { seconds: Infinity, tags: command.tags })
    case 'invalidate':
      return await cache.invalidate(...command.tags)
    case 'clear':
      return await cache.clear()
    case 'wait':
      return undefined
  }
}

interface Row {
  path: string[]
  value: unknown
  tags: string[]
  end: number
}

/** A cache in the fewest words. */
export class Model {
  now = 0
  #rows: Row[] = []
  #counters: Array<{ path: string[]; count: number }> = []

  run(command: Command): unknown {
    const space = spaces[command.space]!
    const pathOf = (key: string): string[] => [...space, `key ${key}`]
    switch (command.do) {
      case 'get':
        return this.#find(pathOf(command.key))?.value
      case 'has':
        return this.#find(pathOf(command.key)) !== undefined
      case 'delete':
        return this.#delete(pathOf(command.key)) > 0
      case 'set':
        return this.#set(pathOf(command.key), command)
      case 'add': {
        const isFree = !this.#find(pathOf(command.key)) && command.seconds > 0
        if (isFree) this.#set(pathOf(command.key), command)
        return isFree
      }
      case 'getOrSet': {
        const row = this.#find(pathOf(command.key))
        if (!row) this.#set(pathOf(command.key), command)
        return row ? row.value : command.value
      }
      case 'touch': {
        const row = this.#find(pathOf(command.key))
        if (row) row.end = this.now + command.seconds
        return row !== undefined
      }
      case 'increment': {
        const path = pathOf(command.key)
        let counter = this.#counters.find((candidate) => isSame(candidate.path, path))
        if (!counter) this.#counters.push((counter = { path, count: 0 }))
        return (counter.count += command.by)
      }
      case 'getMany':
        return new Map(
          command.keys.flatMap((key) => {
            const row = this.#find(pathOf(key))
            return row ? [[key, row.value] as const] : []
          }),
        )
      case 'deleteMany':
        return command.keys.reduce((sum, key) => sum + this.#delete(pathOf(key)), 0)
      case 'setMany':
        for (const [key, value] of new Map(command.values)) this.#set(pathOf(key), { ...command, value, seconds: Infinity })
        return undefined
      case 'invalidate':
        this.#rows = this.#rows.filter(({ tags }) => !tags.some((tag) => command.tags.includes(tag)))
        return undefined
      case 'clear':
        this.#rows = this.#rows.filter(({ path }) => !isSame(path.slice(0, space.length), space) || path.length <= space.length)
        this.#counters = this.#counters.filter(({ path }) => !isSame(path.slice(0, space.length), space) || path.length <= space.length)
        return undefined
      case 'wait':
        this.now += command.seconds
        return undefined
    }
  }

  #find(path: string[]): Row | undefined {
    return this.#rows.find((row) => isSame(row.path, path) && row.end > this.now)
  }

  #set(path: string[], { value, tags, seconds }: { value: unknown; tags: string[]; seconds: number }): void {
    this.#rows = this.#rows.filter((row) => !isSame(row.path, path))
    this.#rows.push({ path, value, tags, end: this.now + seconds })
  }

  #delete(path: string[]): number {
    const isThere = this.#find(path) !== undefined
    const isCounting = this.#counters.some((counter) => isSame(counter.path, path))
    this.#rows = this.#rows.filter((row) => !isSame(row.path, path))
    this.#counters = this.#counters.filter((counter) => !isSame(counter.path, path))
    return Number(isThere) + Number(isCounting)
  }
}

function isSame(left: string[], right: string[]): boolean {
  return left.length === right.length && left.every((part, place) => part === right[place])
}
