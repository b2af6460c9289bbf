import { preload, preloadModule } from 'react-dom'
import { PREFETCH_HEADER, type Payload } from '../view/payload.ts'
import { fetchPage } from './fetch-page.ts'

const LIFETIME = 30_000

interface Entry {
  payload: Promise<Payload>
  expires: number
}

/** Pages fetched ahead, by path and query, each for one use. */
export class PrefetchCache {
  #entries = new Map<string, Entry>()

  /** Starts fetching a page unless it is here already or the visitor saves data. */
  add(url: URL): void {
    const key = url.pathname + url.search
    if (saysSaveData() || this.#fresh(key)) return
    const payload = fetchPage(url, { priority: 'low' }, { [PREFETCH_HEADER]: '1' })
    this.#entries.set(key, { payload, expires: Date.now() + LIFETIME })
    payload.then(warm, () => this.#entries.delete(key))
  }

  /** Hands out a page fetched ahead, or one on its way. */
  take(url: URL): Promise<Payload> | undefined {
    const key = url.pathname + url.search
    const entry = this.#fresh(key)
    this.#entries.delete(key)
    return entry?.payload
  }

  /** Forgets everything: the data may have changed. */
  clear(): void {
    this.#entries.clear()
  }

  #fresh(key: string): Entry | undefined {
    const now = Date.now()
    for (const [name, { expires }] of this.#entries) if (expires < now) this.#entries.delete(name)
    return this.#entries.get(key)
  }
}

function warm(payload: Payload): void {
  if ('redirect' in payload) return
  for (const url of payload.modules) preloadModule(url)
  for (const url of payload.styles) preload(url, { as: 'style' })
}

function saysSaveData(): boolean {
  return 'connection' in navigator && (navigator.connection as { saveData?: boolean } | undefined)?.saveData === true
}
