import type { ViewModule } from '../view/page.tsx'

/** Imports the browser modules of a chain, in parallel; the browser keeps what it has imported before. */
export function importViews(urls: string[]): Promise<ViewModule[]> {
  return Promise.all(urls.map((url) => import(/* @vite-ignore */ url) as Promise<ViewModule>))
}
