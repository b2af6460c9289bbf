/** The shapes that scanning, the manifest, matching, rendering and the build agree on. */
import type { ComponentType } from 'react'
import type { ZodType } from 'zod'
import type { CacheOptions } from '../core/cache-options.ts'
import type { Middleware } from '../core/context.ts'
import type { Permission } from '../core/permission.ts'
import type { RouteSecurity } from '../core/security.ts'

/** One part of a route's path. A parameter may have fixed text around it inside its segment (`[slug].xml`). */
export type Segment =
  | { kind: 'static'; text: string }
  | { kind: 'param'; name: string; converter: string | undefined; optional: boolean; prefix: string; suffix: string }
  | { kind: 'rest'; name: string; converter: string | undefined }

/** Converts one decoded path segment into a parameter and back. Written once in `app/params/<name>.ts`. */
export interface ParamConverter<T = unknown> {
  /** `undefined` means: this route does not match. Gets decoded text. */
  parse(text: string): T | undefined
  /** The text for a URL, not yet percent-encoded. */
  format(value: T): string
}

/** A page or resource route as the scan found it. Paths are relative to the app folder, with `/`. */
export interface RouteRecord {
  /** The file's path without extension, `index` and groups: `/movies/[id=int]`; what `href()` takes. */
  id: string
  /** `routes/movies/[id=int].tsx` */
  file: string
  kind: 'page' | 'resource'
  segments: Segment[]
  /** The document around it: `root.tsx`, or that of a folder above it, `routes/admin/root.tsx`. */
  root: string
  /** Layout files from the outermost in, without the root: `['routes/layout.tsx', 'routes/movies/layout.tsx']`. */
  layouts: string[]
}

/** A component of the app's: its props are the app's own business. */
export type View = ComponentType<any>

/** A loader, action or handler of the app's: which part of the context it declares is its own business. */
export type ContextFunction = (context: any) => unknown

/** An action that takes a form: `formAction()` of `hotclub/forms`. */
export interface FormActionShape {
  readonly kind: 'form'
  readonly options: object
}

/** Everything a route, layout or root file may export. */
export interface RouteModule {
  default?: View
  ErrorView?: View
  loader?: ContextFunction
  action?: ContextFunction
  actions?: Record<string, ContextFunction | FormActionShape>
  head?: Head | ((props: any) => Head | Promise<Head>)
  headers?: (props: any) => Record<string, string>
  search?: ZodType
  middleware?: Middleware[]
  security?: RouteSecurity
  permission?: Permission
  cache?: CacheOptions
  hydrate?: boolean
  GET?: ContextFunction
  HEAD?: ContextFunction
  POST?: ContextFunction
  PUT?: ContextFunction
  PATCH?: ContextFunction
  DELETE?: ContextFunction
  OPTIONS?: ContextFunction
}

/** What `head` gives. Later levels of the chain win: `title` replaces, `meta` by its name or property, `link` by rel and href. */
export interface Head {
  title?: string
  /** Wraps the titles of the levels below: `(title) => \`${title} · Matinée\``. */
  titleTemplate?: (title: string) => string
  description?: string
  canonical?: string
  robots?: string
  /** Open Graph, without the `og:` prefix: `{ image: '…', type: 'video.movie' }`. */
  og?: Record<string, string>
  meta?: Array<Record<string, string>>
  link?: Array<Record<string, string>>
  /** JSON-LD objects, written escaped. */
  jsonLd?: object[]
}
