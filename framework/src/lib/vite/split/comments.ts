/** Comments belong to a statement: what explains a loader must go with it. */
import type { Range } from './ast.ts'

/** Instructions to the tools, which hold for the whole file. */
const PRAGMA = /@jsx|@refresh/

/**
 * Assigns each comment that stands between statements to the one it speaks of: that on its left in the same line, else the next one.
 * Pragmas belong to none.
 */
export function commentsByStatement<S extends Range>(code: string, statements: S[], comments: Range[]): Map<S, Range[]> {
  const owned = new Map<S, Range[]>()
  let next = 0
  for (const comment of comments) {
    while (next < statements.length && statements[next]!.end <= comment.start) next++
    const previous = statements[next - 1]
    const following = statements[next]
    if (following && following.start < comment.start) continue
    if (PRAGMA.test(code.slice(comment.start, comment.end))) continue
    const trails = previous && !code.slice(previous.end, comment.start).includes('\n')
    const owner = trails || !following ? previous : following
    if (owner) owned.set(owner, [...(owned.get(owner) ?? []), comment])
  }
  return owned
}

/** The offset of the next character that is neither white space nor part of a comment. */
export function skipTrivia(code: string, from: number): number {
  const trivia = /(?:\s|\/\/.*|\/\*[^]*?\*\/)*/y
  trivia.lastIndex = from
  return from + (trivia.exec(code)?.[0].length ?? 0)
}
