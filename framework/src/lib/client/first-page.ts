import { createDecoder, type Decoder } from '../view/decode.ts'
import { PageError } from '../view/page-error.ts'
import { CHUNK_ATTRIBUTE, PAYLOAD_ELEMENT, type PagePayload } from '../view/payload.ts'
import type { DocumentParts } from '../view/router.ts'
import { prepareDecimal, toDecimal } from './decimal.ts'

/** What the promises of a page come to when its stream breaks off. */
export const BROKEN_STREAM: PageError = new PageError({ status: 503, message: 'The connection was lost.', id: '' })

/** Reads the payload out of the document, and goes on reading chunks while the document arrives. */
export async function readFirstPage(): Promise<PagePayload> {
  const text = document.getElementById(PAYLOAD_ELEMENT)!.textContent
  await prepareDecimal(text)
  const decoder = createDecoder(toDecimal)
  const page = decoder.decode(text) as PagePayload
  readChunks(decoder)
  return page
}

/** What the server put around the views, as it stands in the document. */
export function readDocumentParts(): DocumentParts {
  const entry = document.querySelector(`#${PAYLOAD_ELEMENT} ~ script[type=module]`)
  const styles = document.querySelectorAll<HTMLStyleElement>('style[data-vite-dev-id]')
  return {
    entry: entry?.getAttribute('src') ?? undefined,
    preload: [],
    payload: '',
    slash: readTrailingSlash() === 'always',
    devNonce: document.querySelector<HTMLElement>('meta[property=csp-nonce]')?.nonce,
    devStyles: [...styles].map((style) => ({ id: style.dataset['viteDevId']!, css: style.textContent })),
  }
}

/** The app's policy, which the server writes down where it is not the default. */
export function readTrailingSlash(): 'always' | 'never' {
  return 'slash' in document.getElementById(PAYLOAD_ELEMENT)!.dataset ? 'always' : 'never'
}

function readChunks(decoder: Decoder): void {
  const read = new Set<Element>()
  let queue = Promise.resolve()
  const take = async (last: boolean): Promise<void> => {
    for (const element of document.querySelectorAll(`script[${CHUNK_ATTRIBUTE}]`)) {
      const text = element.textContent
      if (read.has(element) || !(last || isComplete(text))) continue
      read.add(element)
      await prepareDecimal(text)
      decoder.settle(text)
    }
    if (last) decoder.close(BROKEN_STREAM)
  }
  const enqueue = (last: boolean): void => {
    queue = queue.then(() => take(last))
  }
  if (document.readyState !== 'loading') return enqueue(true)
  const observer = new MutationObserver(() => enqueue(false))
  observer.observe(document.body, { childList: true, subtree: true, characterData: true })
  document.addEventListener('DOMContentLoaded', () => {
    observer.disconnect()
    enqueue(true)
  })
  enqueue(false)
}

/** A script element is there as soon as its first bytes are; only its whole text is JSON. */
function isComplete(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
