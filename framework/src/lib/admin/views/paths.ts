/** Addresses of the admin. */

/** The list of a model. */
export function listPath(slug: string): string {
  return `/admin/${slug}`
}

/** The page of a row. */
export function rowPath(slug: string, key: string): string {
  return `/admin/${slug}/${encodeURIComponent(key)}`
}

/** The same page with some of its query changed; `null` takes a name away. Always from the first page of a list. */
export function withQuery(url: string, changes: Readonly<Record<string, string | null>>): string {
  const [path, query] = url.split('?', 2) as [string, string?]
  const params = new URLSearchParams(query)
  for (const name of ['after', 'before']) params.delete(name)
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) params.delete(name)
    else params.set(name, value)
  }
  return params.size === 0 ? path : `${path}?${params.toString()}`
}
