/** Keeps what loaders, pages and handlers give, for as long as a route's `cache` says and nothing changes that it was made from. */
import type { Keeping } from '../../cache/current.ts'
import type { CacheOptions } from '../../core/cache-options.ts'
import { getLogger } from '../../core/log.ts'
import { keep } from '../../cache/keep.ts'
import { canKeep } from '../../cache/values.ts'
import type { Chain } from '../chain.ts'
import type { ServerContext } from '../context.ts'
import { createFragments, type RenderFragment } from './fragments.ts'
import { headersOf } from '../responses.ts'
import { keepAnswer, type KeptAnswer, notKept, showAnswer } from './kept-answer.ts'
import { variantOf, type Variant } from './vary.ts'

export class Keeper {
  readonly #keeping: Keeping
  /** Gives the markup of `<Cached>` parts. */
  readonly fragment: RenderFragment | undefined
  /** Routes of which it was said that nothing is kept. */
  readonly #told = new Set<string>()

  constructor(keeping: Keeping) {
    this.#keeping = keeping
    this.fragment = keeping.isOn ? createFragments() : undefined
  }

  /** The data of a loader: kept, or loaded now. */
  async loader(context: ServerContext, file: string, options: CacheOptions, load: () => unknown): Promise<unknown> {
    const variant = this.#keeping.isOn ? await variantOf(context, options.vary) : undefined
    if (!variant) return await load()
    return await keep(this.#keeping.kept, {
      key: this.#key('loader', context, file, variant),
      options,
      inputs: variant.inputs,
      compute: async (recording) => {
        const value = await load()
        // Promises go on, and are part of the page that is made of them.
        if (value instanceof Response || !canKeep(value)) recording.refuse('it gives promises, functions or objects of classes')
        return value
      },
      refused: (reason) => this.#tell(file, reason),
    })
  }

  /** A page or the answer of a handler: kept, or made now. */
  async answer(
    context: ServerContext,
    chain: Chain,
    options: CacheOptions,
    make: (context: ServerContext) => Promise<Response>,
  ): Promise<Response> {
    const variant = !this.#keeping.isOn || context.hasMessages ? undefined : await variantOf(context, options.vary)
    if (!variant) return await make(context)
    // What is for this visitor alone leaves as it is.
    let own: Response | undefined
    const kept = await keep<KeptAnswer | undefined>(this.#keeping.kept, {
      key: this.#key('answer', context, chain.id, variant),
      options,
      inputs: variant.inputs,
      isShared: true,
      compute: async (recording, isRefresh) => {
        const on = isRefresh ? context.fork() : context
        const response = await make(on)
        const obstacle = obstacleIn(on, response)
        if (obstacle !== undefined) recording.forbid(obstacle)
        if (recording.obstacle === undefined) return await keepAnswer(on, response, options, variant, recording)
        own = response
        return undefined
      },
      refused: (reason) => this.#tell(chain.files.at(-1)!, reason),
    })
    if (own) return own
    return kept ? showAnswer(context, kept) : await make(context)
  }

  #key(kind: string, context: ServerContext, name: string, variant: Variant): string {
    const visitor = context.isStranger ? 'stranger' : 'session'
    return [
      kind,
      this.#keeping.build,
      context.origin,
      context.isData ? 'data' : 'page',
      visitor,
      variant.key,
      name,
      context.pathname + context.query,
    ].join('\n')
  }

  #tell(file: string, reason: string): void {
    if (this.#told.has(file)) return
    this.#told.add(file)
    getLogger().info({ file: `app/${file}`, reason }, 'A route has a `cache`, and what it gave was not kept.')
  }
}

/** Why an answer is for nobody else; `undefined` where it may be. */
function obstacleIn(context: ServerContext, response: Response): string | undefined {
  const headers = headersOf(response)
  const control = headers.get('cache-control')
  if (response.status !== 200) return `its status is ${response.status}`
  if (headers.get('set-cookie') !== undefined) return 'it sets a cookie'
  if (control !== undefined && control !== notKept && /\b(?:private|no-store)\b/i.test(control))
    return `it says 'Cache-Control: ${control}'`
  return context.isPersonal ? 'something in it is for this visitor' : undefined
}
