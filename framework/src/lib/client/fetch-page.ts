import { createDecoder } from '../view/decode.ts'
import { DATA_PREFIX, PAYLOAD_TYPE, type Payload } from '../view/payload.ts'
import { prepareDecimal, toDecimal } from './decimal.ts'
import { BROKEN_STREAM } from './first-page.ts'

const MEDIA_TYPE = PAYLOAD_TYPE.split(';', 1)[0]!

/** The server answered a data request with something else: a proxy's page, a download, a redirect to a document. */
export class ForeignAnswer extends Error {
  readonly response: Response

  constructor(response: Response) {
    super(`No page data: ${response.status}`)
    this.response = response
  }
}

/**
 * Asks for the data of a page. Resolves with the first part; promises inside settle as their chunks arrive.
 *
 * @throws {ForeignAnswer} when the answer is no payload
 */
export async function fetchPage(url: URL, init: RequestInit, headers: Record<string, string> = {}): Promise<Payload> {
  const response = await fetch(DATA_PREFIX + url.pathname + url.search, { ...init, headers: { accept: MEDIA_TYPE, ...headers } })
  if (!response.headers.get('content-type')?.startsWith(MEDIA_TYPE)) throw new ForeignAnswer(response)
  const lines = readLines(response.body!)
  const first = (await lines.next()).value ?? ''
  await prepareDecimal(first)
  const decoder = createDecoder(toDecimal)
  const payload = decoder.decode(first) as Payload
  void (async () => {
    try {
      for await (const line of lines) {
        await prepareDecimal(line)
        decoder.settle(line)
      }
    } finally {
      decoder.close(BROKEN_STREAM)
    }
  })().catch(() => undefined)
  return payload
}

async function* readLines(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string, undefined> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    const lines = (rest + value).split('\n')
    rest = lines.pop()!
    yield* lines
  }
  if (rest) yield rest
}
