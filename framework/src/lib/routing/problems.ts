import type { HotclubError } from '../core/hotclub-error.ts'

/** Throws the mistakes a scan has found: a single one as it is, several as the errors of an `AggregateError`. */
export function failOnProblems(problems: readonly HotclubError[]): void {
  const [first, ...rest] = problems
  if (!first) return
  throw rest.length === 0 ? first : new AggregateError(problems, `The app has ${problems.length} mistakes.`)
}
