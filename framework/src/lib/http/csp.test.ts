import { describe, expect, it } from 'vitest'
import vectors from '../../../test/vectors/csp.json' with { type: 'json' }
import { compilePolicy, defaultCsp, mergeCsp } from './csp.ts'
import { hashInlineParts } from './inline-hashes.ts'

interface Vector {
  fn: string
  args?: [Record<string, string[] | string | boolean | null>]
  kwargs?: { nonce?: string | null }
  expected: unknown
}

/** Django's spelling of a policy in ours: camelCase, lists, and the word `nonce`. */
function directivesOf(config: NonNullable<Vector['args']>[0]): object {
  return Object.fromEntries(
    Object.entries(config).map(([name, value]) => {
      const camel = name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
      const list = typeof value === 'string' ? [value] : value
      return [camel, Array.isArray(list) ? list.map((source) => (source === '<CSP_NONCE_SENTINEL>' ? 'nonce' : source)) : (list ?? false)]
    }),
  )
}

const policies = (vectors.cases as Vector[]).filter(({ fn }) => fn === 'build_policy')
// Ours adds a nonce that is used to the directives it is for, asked or not; so the two differ where one is given.
const isSame = ({ kwargs, expected }: Vector): boolean => !kwargs?.nonce || !/nonce/.test(String(expected))

describe('compilePolicy', () => {
  it.each(policies.filter((item) => !item.kwargs?.nonce))('writes $args as Django does', ({ args, expected }) => {
    expect(compilePolicy(directivesOf(args![0])).plain).toBe(expected)
  })

  it.each(policies.filter((item) => item.kwargs?.nonce && !isSame(item)))('puts the nonce where Django does: $expected', (item) => {
    const source = `'nonce-${item.kwargs!.nonce}'`
    const policy = compilePolicy(directivesOf(item.args![0])).with({ script: [source], style: [] })
    for (const directive of String(item.expected).split('; ')) expect(policy).toContain(directive)
  })

  it('knows the keywords that Django knows', () => {
    const constants = (vectors.cases as Vector[]).find(({ fn }) => fn === 'constants')!.expected as Record<string, string>
    for (const value of Object.values(constants).filter((text) => text.startsWith("'")))
      expect(compilePolicy({ scriptSrc: [value.slice(1, -1)] }).plain).toBe(`script-src ${value}`)
  })

  it('adds nonces to the directives they are for, made of the default where they are missing', () => {
    const inline = { script: ["'nonce-a'"], style: ["'nonce-a'"] }
    expect(compilePolicy({ defaultSrc: ['self'] }).with(inline)).toBe(
      "default-src 'self'; script-src 'self' 'nonce-a'; style-src 'self' 'nonce-a'",
    )
    expect(compilePolicy({ scriptSrc: ['none'], styleSrcElem: ['self'] }).with(inline)).toBe(
      "script-src 'nonce-a'; style-src-elem 'self' 'nonce-a'",
    )
    expect(compilePolicy({ imgSrc: ['self'] }).with(inline)).toBe("img-src 'self'")
    expect(compilePolicy({ scriptSrc: ['self', 'unsafe-inline'] }).with(inline)).toBe("script-src 'self' 'unsafe-inline'")
  })

  it('lets directives be replaced and dropped one by one', () => {
    const policy = compilePolicy(
      mergeCsp(defaultCsp, { imgSrc: ['self', 'https://a.example'], formAction: false, upgradeInsecureRequests: true }),
    )
    expect(policy.plain).toBe(
      "default-src 'self'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' https://a.example; " +
        "font-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; upgrade-insecure-requests",
    )
  })
})

describe('hashInlineParts', () => {
  it('gives hashes to what carries the nonce, and to nothing else', () => {
    const page = '<style nonce="N">a{}</style><script nonce="N">go()</script><script>evil()</script><script src="/a.js" nonce="N"></script>'
    expect(hashInlineParts(page, 'N')).toEqual({
      html: '<style>a{}</style><script>go()</script><script>evil()</script><script src="/a.js"></script>',
      inline: {
        script: ["'sha256-5KYv+PUboo5h+0+YAtGRPbwv5d/QxzHslP4YGnUaxRw='"],
        style: ["'sha256-X1RutGBrXCt9KkSaXMK7tHftWiRscFHOhxsS8tv8hBk='"],
      },
    })
  })

  it('leaves a page without nonces as it is', () => {
    expect(hashInlineParts('<p>nonce="N"</p>', 'N')).toEqual({ html: '<p>nonce="N"</p>', inline: { script: [], style: [] } })
  })
})
