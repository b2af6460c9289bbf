import { describe, expect, it } from 'vitest'
import vectors from '../../../test/vectors/host_header.json' with { type: 'json' }
import { createHostCheck } from './allowed-hosts.ts'

interface Vector {
  fn: string
  args?: [host: string, allowed: string[]]
  settings?: { ALLOWED_HOSTS: string[]; DEBUG?: boolean; USE_X_FORWARDED_HOST?: boolean }
  meta?: Record<string, string | number>
  expected?: boolean | string | [domain: string, port: string]
  raises?: string
}

const cases = vectors.cases as Vector[]
const of = (fn: string): Vector[] => cases.filter((item) => item.fn === fn)
// Without the setting Django allows nothing in production, and we what only this machine can reach; both end the same on a real name.
const isLoopback = (host: string): boolean => /^(?:localhost|\[::1\])$/.test(host)

// Django lowers the name and takes a dot off before it asks this function; ours is asked with the header as it is.
const isRaw = ({ args }: Vector): boolean => /[A-Z]|\.$/.test(args![0])
const isDotted = ({ args }: Vector): boolean => args![0].startsWith('.')
const validated = of('validate_host').filter(
  (item) => !isRaw(item) && !isDotted(item) && !(item.args![1].length === 0 && isLoopback(item.args![0])),
)

describe('createHostCheck', () => {
  it.each(validated)('decides about $args as Django does', ({ args, expected }) => {
    expect(createHostCheck(args![1])(args![0])).toBe(expected)
  })

  it.each(of('validate_host').filter((item) => isRaw(item) && !isDotted(item)))('takes $args in any spelling of the name', ({ args }) => {
    const name = args![0].toLowerCase().replace(/\.$/, '')
    expect(createHostCheck(args![1])(args![0])).toBe(createHostCheck(args![1])(name))
  })

  it.each(of('validate_host').filter(isDotted))('refuses the name $args, which none can be', ({ args }) => {
    expect(createHostCheck(args![1])(args![0])).toBe(false)
  })

  it.each(of('request.get_host').filter(({ raises }) => raises !== undefined))(
    'refuses $meta where $settings.ALLOWED_HOSTS are allowed',
    ({ settings, meta }) => {
      const given = settings!.USE_X_FORWARDED_HOST ? (meta!['HTTP_X_FORWARDED_HOST'] ?? meta!['HTTP_HOST']) : meta!['HTTP_HOST']
      expect(createHostCheck(settings!.ALLOWED_HOSTS)(String(given))).toBe(false)
    },
  )

  it.each(of('request.get_host').filter(({ raises, meta }) => raises === undefined && meta!['HTTP_HOST'] !== undefined))(
    'takes $expected where Django does',
    ({ settings, expected }) => {
      expect(createHostCheck(settings!.ALLOWED_HOSTS)(String(expected))).toBe(true)
    },
  )

  it.each(of('split_domain_port'))('finds the name in $args as Django does', ({ args, expected }) => {
    const [domain] = expected as [string, string]
    const isName = domain !== '' && !domain.endsWith('.')
    expect([createHostCheck(['*'])(args![0]), createHostCheck([domain || 'none'])(args![0])]).toEqual([isName, isName])
  })

  it('allows this machine alone where nothing is set', () => {
    const check = createHostCheck([])
    for (const host of ['localhost', 'LOCALHOST:3000', 'a.localhost', '127.0.0.1:80', '[::1]:3000']) expect(check(host), host).toBe(true)
    for (const host of ['example.com', 'localhost.evil.com', 'evillocalhost', '127.0.0.1.evil.com', '0.0.0.0', '127.0.0.2', ''])
      expect(check(host), host).toBe(false)
  })
})
