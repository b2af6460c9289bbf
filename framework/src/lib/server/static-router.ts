import type { Router } from '../view/router.ts'

/** The router of a page that is being rendered on the server: there is nowhere to go. */
export const staticRouter: Router = {
  navigate: () => refuse('navigate'),
  prefetch: () => undefined,
  submit: () => refuse('submit'),
  revalidate: () => refuse('revalidate'),
}

function refuse(name: string): never {
  throw new Error(`${name}() was called while rendering on the server. Call it from an event handler or an effect.`)
}
