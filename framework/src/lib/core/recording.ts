/** What a computation that may be kept has used: whoever runs it asks for a recording, whatever it uses adds to it. */
import { AsyncLocalStorage } from 'node:async_hooks'

/** What one computation has used. */
export class Recording {
  /** Names of what its value depends on: it is worth nothing once one of them changes. */
  readonly tags: Set<string> = new Set()
  /** Why nobody else may get the value; `undefined` while everybody may. The first reason counts. */
  obstacle: string | undefined
  /** Whether it asked who the visitor is, and the answer was: nobody. Such a value is for strangers alone. */
  isForStrangers = false
  /** The headers, cookies and values of middleware that it read. */
  readonly inputs: Set<string> = new Set()
  readonly #allowed: ReadonlySet<string> | undefined

  /** @param allowed Inputs that may be read without making the value one visitor's own (default: all) */
  constructor(allowed?: ReadonlySet<string>) {
    this.#allowed = allowed
  }

  /** Says that the value is for this visitor alone, or for this moment. @param reason `it reads the session` */
  forbid(reason: string): void {
    this.obstacle ??= reason
  }

  /** Says that something was read that came with the request, beside its address. */
  read(kind: 'header' | 'cookie' | 'context value', name: string): void {
    const input = `${kind} ${name}`
    this.inputs.add(input)
    if (this.#allowed?.has(input) === false) this.forbid(`it reads the ${kind} '${name}', by which its cache does not vary`)
  }

  /** Takes over what a computation inside this one has used. */
  include(inner: { tags: Iterable<string>; obstacle?: string | undefined; isForStrangers?: boolean }): void {
    for (const tag of inner.tags) this.tags.add(tag)
    if (inner.obstacle !== undefined) this.forbid(inner.obstacle)
    if (inner.isForStrangers) this.isForStrangers = true
  }
}

const storage = new AsyncLocalStorage<Recording>()
/** How many computations are being recorded. Asking the storage costs more than a number, and most of the time there are none. */
let running = 0

/** The recording of the computation that is running; `undefined` where nothing is recorded. */
export function currentRecording(): Recording | undefined {
  return running === 0 ? undefined : storage.getStore()
}

/** Runs a computation and writes down what it uses. What an inner one uses, the outer one gets by {@link Recording.include}. */
export async function record<T>(recording: Recording, run: () => T | Promise<T>): Promise<T> {
  running++
  try {
    return await storage.run(recording, run)
  } finally {
    running--
  }
}
