import type { ReactNode } from 'react'

/** The rest of the query, for a form that sets one part of it. Pages begin anew. */
export function Kept({ url, without }: { url: string; without: string }): ReactNode {
  const params = new URLSearchParams(url.split('?', 2)[1])
  return [...params]
    .filter(([name]) => name !== without && name !== 'after' && name !== 'before' && !name.startsWith(`${without}.`))
    .map(([name, value], index) => <input key={index} type="hidden" name={name} value={value} />)
}
