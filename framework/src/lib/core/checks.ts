/** What Vite replaces in the code it builds; absent where Node runs the source. */
interface ViteMeta {
  env?: { PROD: boolean; SSR: boolean }
}

/**
 * Whether a developer's mistakes are looked for: in development and on the server. In the browser of a built app such
 * checks would be a tenth of the framework's script, for mistakes that types and development have shown before.
 */
export const CHECKS: boolean = !((import.meta as ViteMeta).env?.PROD && !(import.meta as ViteMeta).env?.SSR)
