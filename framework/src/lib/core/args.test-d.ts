import { describe, expectTypeOf, it } from 'vitest'
import type { ActionData, IdOf, LoaderArgs, LoaderData, ViewProps } from './args.ts'
import type { Context } from './context.ts'
import { type Invalid, redirect } from './results.ts'

// Routes themselves are tested on a generated app: `routing/typegen.test.ts`.

describe('LoaderArgs before types were generated', () => {
  it('takes any id, and is a context', () => {
    expectTypeOf<LoaderArgs<'/anything'>['params']>().toEqualTypeOf<Record<string, any>>()
    expectTypeOf<LoaderArgs<'/anything'>>().toExtend<Context>()
    expectTypeOf<Context>().toExtend<LoaderArgs<'/anything'>>()
  })
})

describe('IdOf', () => {
  it('reads the id from what a loader takes', () => {
    expectTypeOf<IdOf<(context: LoaderArgs<'/a'>) => null>>().toEqualTypeOf<'/a'>()
    expectTypeOf<IdOf<'/a'>>().toEqualTypeOf<'/a'>()
  })

  it('is any string for a loader that names none', () => {
    expectTypeOf<IdOf<() => null>>().toEqualTypeOf<string>()
    expectTypeOf<IdOf<(context: Context) => null>>().toEqualTypeOf<string>()
  })
})

describe('LoaderData', () => {
  it('is what the loader gives its view: awaited, without responses and early ends', () => {
    const loader = async (): Promise<{ later: Promise<number> } | Response> => redirect('/')

    expectTypeOf<LoaderData<typeof loader>>().toEqualTypeOf<{ later: Promise<number> }>()
    expectTypeOf<LoaderData<'/a'>>().toEqualTypeOf<undefined>()
    expectTypeOf<ViewProps['data']>().toEqualTypeOf<unknown>()
  })
})

describe('ActionData', () => {
  it('is what any action gives the view, refused data included', () => {
    interface Actions {
      save: (context: never) => Promise<{ saved: true } | Response>
      check: (context: never) => Invalid<{ title: string }>
      remove: (context: never) => void
    }

    expectTypeOf<ActionData<Actions['save']>>().toEqualTypeOf<{ saved: true }>()
    expectTypeOf<ActionData<Actions['remove']>>().toEqualTypeOf<never>()
    expectTypeOf<ActionData<Actions>>().toEqualTypeOf<{ saved: true } | { title: string }>()
    expectTypeOf<ViewProps['actionData']>().toEqualTypeOf<undefined>()
  })
})
