import { PassThrough } from 'node:stream'
import type { ReactNode } from 'react'
import { renderToPipeableStream } from 'react-dom/server'
import { encode } from '../view/encode.ts'
import { PageError, toViewError } from '../view/page-error.ts'
import { CHUNK_ATTRIBUTE, type Chunk } from '../view/payload.ts'

/** Numbers the promises of one response and hands out what they come to, as encoded chunks. */
export interface PromiseStream {
  register(promise: PromiseLike<unknown>): number
  /** Calls `write` with each chunk from now on, in the order the promises settle, starting with those that have. */
  run(write: (chunk: string) => void): void
  /** Resolves when the stream runs and no promise is open. */
  readonly done: Promise<void>
}

/**
 * Creates the chunk source of one response.
 *
 * @param report Told of values that cannot travel
 */
export function createPromiseStream(requestId: string, report: (error: unknown) => void): PromiseStream {
  const numbers = new Map<PromiseLike<unknown>, number>()
  const waiting: string[] = []
  let open = 0
  let sink: ((chunk: string) => void) | undefined
  const done = Promise.withResolvers<void>()
  const emit = (chunk: Chunk): void => {
    let text: string
    try {
      text = encode(chunk, register)
    } catch (error) {
      report(error)
      text = encode({ id: chunk.id, error: toViewError(error, requestId) }, register)
    }
    if (sink) sink(text)
    else waiting.push(text)
    open -= 1
    if (open === 0 && sink) done.resolve()
  }
  function register(promise: PromiseLike<unknown>): number {
    const known = numbers.get(promise)
    if (known !== undefined) return known
    const id = numbers.size
    numbers.set(promise, id)
    open += 1
    promise.then(
      (value) => emit({ id, value }),
      (error: unknown) => emit({ id, error: toViewError(error, requestId) }),
    )
    return id
  }
  return {
    register,
    run(write) {
      sink = write
      for (const chunk of waiting.splice(0)) write(chunk)
      if (open === 0) done.resolve()
    },
    done: done.promise,
  }
}

export interface StreamOptions {
  promises: PromiseStream
  /** Whether the page ships a script. One without is sent when it is complete, each part in its place. */
  hydrate: boolean
  /** Allows React's own inline scripts, and our style, under the page's policy; without one there are none. */
  nonce: string | undefined
  /** Aborts rendering: the client has gone away. */
  signal: AbortSignal
  /** Told of errors after the first byte; those before reject the promise. */
  report: (error: unknown) => void
}

/**
 * React puts late parts in their place with a script. Where none runs they would stay hidden at the end of the page.
 */
const SHOW_LATE_PARTS = (nonce: string): string =>
  `<noscript><style nonce="${nonce}">div[hidden][id^="S:"]{display:block!important}table[hidden][id^="S:"]{display:table!important}</style></noscript>`

/**
 * Renders a page that waits for promises. Resolves when the part outside every Suspense boundary is ready.
 *
 * @returns A Node stream of HTML, with the values of the promises between React's pieces
 */
export function renderStream(tree: ReactNode, { promises, hydrate, nonce, signal, report }: StreamOptions): Promise<PassThrough> {
  const { promise, resolve, reject } = Promise.withResolvers<PassThrough>()
  const output = new PassThrough()
  endAfter(output, promises.done)
  let started = false
  const begin = (): void => {
    started = true
    react.pipe(output)
    if (hydrate && nonce !== undefined) output.write(SHOW_LATE_PARTS(nonce))
    // React writes each piece of markup in one go, so whatever comes between two of its turns stands between pieces.
    promises.run((chunk) => {
      if (!output.destroyed) output.write(`<script type="application/json" ${CHUNK_ATTRIBUTE}>${chunk}</script>`)
    })
    resolve(output)
  }
  const react = renderToPipeableStream(tree, {
    ...(nonce === undefined ? {} : { nonce }),
    ...(hydrate ? { onShellReady: begin } : { onAllReady: begin, progressiveChunkSize: Infinity }),
    onShellError: reject,
    onError(error) {
      // Rejected promises were reported where they were guarded; rendering that nobody waits for fails by design.
      if (started && !(error instanceof PageError) && !output.destroyed) report(error)
    },
  })
  const stop = (): void => react.abort(signal.reason)
  signal.addEventListener('abort', stop, { once: true })
  output.once('close', () => {
    signal.removeEventListener('abort', stop)
    if (!output.writableFinished) react.abort(new Error('The client went away.'))
  })
  return promise
}

/** Lets React end the page only after the last chunk was written. */
function endAfter(output: PassThrough, settled: Promise<void>): void {
  output.end = () => {
    void settled.then(() => Reflect.apply(PassThrough.prototype.end, output, []))
    return output
  }
}
