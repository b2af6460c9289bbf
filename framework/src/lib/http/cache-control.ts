/** What may be said in a `Cache-Control`: a number or text for `name=value`, `true` for the name alone, `false` to take one away. */
export type CacheDirectives = Readonly<Record<string, string | number | boolean>>

/**
 * Changes single directives of a `Cache-Control` header and keeps the others.
 *
 * ```ts
 * mergeCacheControl('private, max-age=60', { public: true }) // 'max-age=60, public'
 * ```
 *
 * @param header What it is now
 * @param directives By their names; `maxAge` and `max_age` mean `max-age`. `public` and `private` take each other's place, the shorter `max-age`
 * wins, and `no-cache` with a field name is added to those that are there
 */
export function mergeCacheControl(header: string | undefined, directives: CacheDirectives): string {
  const merged = new Map<string, string | true | Set<string>>()
  for (const part of (header ?? '').split(',').map((text) => text.trim())) {
    if (part === '') continue
    const mark = part.indexOf('=')
    put(merged, mark === -1 ? part : part.slice(0, mark), mark === -1 ? true : part.slice(mark + 1))
  }
  const before = Number(merged.get('max-age'))
  for (const [name, value] of Object.entries(directives)) {
    const plain = plainName(name)
    if (plain === 'private' || plain === 'public') merged.delete(plain === 'private' ? 'public' : 'private')
    if (value === false) merged.delete(plain)
    else put(merged, plain, value === true ? true : String(value))
  }
  const after = Number(merged.get('max-age'))
  if (before < after) merged.set('max-age', String(before))
  return [...merged].flatMap(([name, value]) => textsOf(name, value)).join(', ')
}

function put(merged: Map<string, string | true | Set<string>>, given: string, value: string | true): void {
  const name = given.toLowerCase()
  const known = merged.get(name)
  // Without a field it holds for all of them.
  if (name !== 'no-cache' || value === true || known === true) merged.set(name, known === true && name === 'no-cache' ? true : value)
  else merged.set(name, new Set([...(known instanceof Set ? known : []), value]))
}

function textsOf(name: string, value: string | true | Set<string>): string[] {
  if (value === true) return [name]
  return value instanceof Set ? [...value].map((field) => `${name}=${field}`) : [`${name}=${value}`]
}

function plainName(name: string): string {
  return name.replaceAll('_', '-').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
