/** What a computation that may be kept has used: whoever runs it asks for a recording, whatever it uses adds to it. */
import { AsyncLocalStorage } from 'node:async_hooks'

/** What is known of a value that was kept. */
export interface Recorded {
  readonly tags: Iterable<string>
  readonly obstacle: string | undefined
  readonly isForStrangers: boolean
}

/** What one computation has used. A computation around it has used the same. */
export class Recording implements Recorded {
  /** Names of what its value depends on: it is worth nothing once one of them changes. */
  readonly tags: Set<string> = new Set()
  /** Why nobody else may get the value; `undefined` while everybody may. The first reason counts. */
  obstacle: string | undefined
  /** Why the value is not kept, though everybody might get it. */
  refusal: string | undefined
  /** Whether it asked who the visitor is, and the answer was: nobody. Such a value is for strangers alone. */
  isForStrangers = false
  /** The headers, cookies and values of middleware that it read. */
  readonly inputs: Set<string> = new Set()
  readonly #allowed: ReadonlySet<string> | undefined
  readonly #around: Recording | undefined

  /**
   * @param allowed Inputs that may be read without making the value one visitor's own (default: all)
   * @param around The recording of the computation that this one is part of, which may go on longer
   */
  constructor(allowed?: ReadonlySet<string>, around?: Recording) {
    this.#allowed = allowed
    this.#around = around
  }

  /** Names something that the value depends on. */
  tag(name: string): void {
    this.tags.add(name)
    this.#around?.tag(name)
  }

  /** Says that the value is for this visitor alone, or for this moment. @param reason `it reads the session` */
  forbid(reason: string): void {
    this.obstacle ??= reason
    this.#around?.forbid(reason)
  }

  /** Says that the value itself cannot be kept; what is made of it may be. */
  refuse(reason: string): void {
    this.refusal ??= reason
  }

  /** Says that something was read that came with the request, beside its address. */
  read(kind: 'header' | 'cookie' | 'context value', name: string): void {
    const input = `${kind} ${name}`
    this.inputs.add(input)
    if (this.#allowed?.has(input) === false) this.obstacle ??= `it reads the ${kind} '${name}', by which its cache does not vary`
    this.#around?.read(kind, name)
  }

  /** Says that it was asked who the visitor is, who is nobody. */
  askWho(): void {
    this.isForStrangers = true
    this.#around?.askWho()
  }

  /** Adds what a value was made from that was kept. */
  include({ tags, obstacle, isForStrangers }: Recorded): void {
    for (const tag of tags) this.tag(tag)
    if (obstacle !== undefined) this.forbid(obstacle)
    if (isForStrangers) this.askWho()
  }
}

const storage = new AsyncLocalStorage<Recording>()
/** How many computations are being recorded. Asking the storage costs more than a number, and most of the time there are none. */
let running = 0

/** The recording of the computation that is running; `undefined` where nothing is recorded. */
export function currentRecording(): Recording | undefined {
  return running === 0 ? undefined : storage.getStore()
}

/** Runs a computation and writes down what it uses, however late. */
export async function record<T>(recording: Recording, run: () => T | Promise<T>): Promise<T> {
  running++
  try {
    return await storage.run(recording, run)
  } finally {
    running--
  }
}
