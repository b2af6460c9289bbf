import { describe, expectTypeOf, it } from 'vitest'
import type { ColumnOf, LinkOf, RowOf } from '../core/models.ts'
import { on, type Receiver } from './receiver.ts'

/** As Prisma generates it: a model's types under a symbol. */
interface Delegate<Scalars extends object, Objects extends object> {
  [key: symbol]: { types: { payload: { scalars: Scalars; objects: Objects }; operations: { findFirst: { args: { where?: object } } } } }
}
interface Film {
  id: number
  title: string
}
interface Genre {
  id: number
  name: string
}
interface Client {
  film: Delegate<Film, { genres: { scalars: Genre }[]; director: { scalars: { id: number } } | null }>
  $connect(): Promise<void>
}

describe('on', () => {
  it('gives receivers of rows the rows of their model', () => {
    expectTypeOf<RowOf<Client, 'film'>>().toEqualTypeOf<Film>()
    expectTypeOf<ColumnOf<Client, 'film'>>().toEqualTypeOf<'id' | 'title'>()
    expectTypeOf<LinkOf<Client, 'film'>>().toEqualTypeOf<{ field: 'genres'; other: Genre }>()
  })

  it('gives each event what it has, at the moment at which it is told', () => {
    expectTypeOf(on('film', 'updated', ({ row, before, changed }) => void [row, before, changed])).toEqualTypeOf<Receiver>()
    on('film', 'updated', ({ row, data }) => void [row, data], { when: 'before' })
    // @ts-expect-error -- there is no row yet
    on('film', 'created', ({ row }) => void row, { when: 'before' })
    // @ts-expect-error -- what was, nobody has changed
    on('film', 'deleted', ({ changed }) => void changed)
    // @ts-expect-error -- no such event
    on('film', 'opened', () => {})
  })

  it('knows requests and accounts', () => {
    const receiver = on('request', 'finished', ({ status, duration }) => {
      expectTypeOf(status).toBeNumber()
      expectTypeOf(duration).toBeNumber()
    })
    expectTypeOf(receiver).toEqualTypeOf<Receiver>()
  })
})
