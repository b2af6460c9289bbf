/** What is told of one error, to the browser and to the terminal alike. */

/** A place in a file; lines and columns count from 1. */
export interface Place {
  /** Relative to the project, or to the framework's package. */
  file: string
  line: number
  column: number | undefined
}

/** A line of the code frame. */
export interface SourceLine {
  number: number
  text: string
}

/** The lines around a place. */
export interface CodeFrame {
  lines: SourceLine[]
  /** Number of the line the error is in. */
  line: number
  /** From 1; `undefined` where only the line is known. */
  column: number | undefined
}

/** One call of the stack. */
export interface StackFrame extends Place {
  name: string
  /** Whether it is the app's own code, and not the framework's, a package's or Node's. */
  isOwn: boolean
}

/** The request an error came up in, secrets hidden. */
export interface ReportedRequest {
  method: string
  /** Path and query. */
  target: string
  /** Id of the matched route; empty without one. */
  route: string
  id: string
  headers: Array<[name: string, value: string]>
}

export interface Report {
  /** What kind of failure: `Syntax error`, `TypeError`, or a code of Hotclub's. */
  name: string
  message: string
  hint: string | undefined
  /** A heading of `docs/errors.md`. */
  docs: string | undefined
  place: Place | undefined
  frame: CodeFrame | undefined
  stack: StackFrame[]
  /** What led to it. */
  cause: Report | undefined
  /** Further mistakes found at the same time. */
  others: Report[]
  request: ReportedRequest | undefined
}
