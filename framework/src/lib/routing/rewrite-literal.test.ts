import { describe, expect, it } from 'vitest'
import { rewriteLiteral } from './rewrite-literal.ts'

describe('rewriteLiteral', () => {
  it('puts the new id into every type that names one, and keeps the rest of the text', () => {
    const source = `import type { ActionArgs, LoaderArgs } from 'hotclub'
// LoaderArgs<'/old'> in a comment stays
export const loader = ({ params }: LoaderArgs<'/old/[id=int]'>) => '/old/[id=int]'
export const actions = { a: (_: ActionArgs<"/old/[id=int]">) => null, b: formAction('/old/[id=int]', { schema }), c: other('/old') }
export default function View(_: ViewProps<'/old/[id=int]', typeof actions>) { return <p>über</p> }
`

    expect(rewriteLiteral(source, '/new/[slug]')).toBe(`import type { ActionArgs, LoaderArgs } from 'hotclub'
// LoaderArgs<'/old'> in a comment stays
export const loader = ({ params }: LoaderArgs<'/new/[slug]'>) => '/old/[id=int]'
export const actions = { a: (_: ActionArgs<"/new/[slug]">) => null, b: formAction('/new/[slug]', { schema }), c: other('/old') }
export default function View(_: ViewProps<'/new/[slug]', typeof actions>) { return <p>über</p> }
`)
  })

  it('leaves a file alone that is right, or that has a syntax error', () => {
    const right = `export const loader = (_: LoaderArgs<'/a'>) => null`
    const broken = `export const loader = (_: LoaderArgs<'/b'> => null`

    expect(rewriteLiteral(right, '/a')).toBe(right)
    expect(rewriteLiteral(broken, '/a')).toBe(broken)
  })

  it('escapes a quote in the id', () => {
    expect(rewriteLiteral(`type A = LoaderArgs<'/b'>`, `/it's`)).toBe(`type A = LoaderArgs<'/it\\'s'>`)
  })
})
