import fc from 'fast-check'
import { renderToStaticMarkup } from 'react-dom/server'
import { encode } from 'uqr'
import { describe, expect, it } from 'vitest'
import { fromBase32, toBase32 } from './base32.ts'
import { QrCode } from './qr-code.tsx'
import { drawQr } from './qr.ts'
import { createRecoveryCodes, recoveryCodeDigest } from './recovery-codes.ts'
import { createTotpSecret, totpCode, totpStep, totpUri } from './totp.ts'

const secret = toBase32(Buffer.from('12345678901234567890'))
const seconds = (value: number): number => value * 1_000

describe('base32', () => {
  it.each([
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ])('writes %j as RFC 4648 does', (text, encoded) => {
    expect(toBase32(Buffer.from(text))).toBe(encoded)
  })

  it('reads what it wrote, and nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect([...fromBase32(toBase32(bytes))]).toEqual([...bytes])
      }),
    )
    for (const wrong of ['my', 'M1', 'M=', 'M ']) expect.soft(() => fromBase32(wrong), wrong).toThrow(RangeError)
  })
})

describe('totpCode', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('is what RFC 6238 has at %i', (time, code) => {
    expect(totpCode(secret, seconds(time))).toBe(code)
  })

  it.each(
    ['755224', '287082', '359152', '969429', '338314', '254676', '287922', '162583', '399871', '520489'].map((code, step) => ({
      code,
      step,
    })),
  )('is what RFC 4226 has for step $step', ({ step, code }) => {
    expect(totpCode(secret, seconds(step * 30))).toBe(code)
  })
})

describe('totpStep', () => {
  const now = seconds(1_234_567_890)
  const step = Math.floor(1_234_567_890 / 30)
  const codeAfter = (steps: number): string => totpCode(secret, now + seconds(30 * steps))

  it('takes the code of now and of the steps beside it', () => {
    expect([-2, -1, 0, 1, 2].map((steps) => totpStep(secret, codeAfter(steps), null, now))).toEqual([
      undefined,
      step - 1,
      step,
      step + 1,
      undefined,
    ])
  })

  it('takes no code twice, and none from before', () => {
    expect(totpStep(secret, codeAfter(0), step, now)).toBeUndefined()
    expect(totpStep(secret, codeAfter(-1), step, now)).toBeUndefined()
    expect(totpStep(secret, codeAfter(1), step, now)).toBe(step + 1)
  })

  it('takes it as people type it', () => {
    const code = codeAfter(0)
    for (const typed of [`${code.slice(0, 3)} ${code.slice(3)}`, ` ${code} `, `${code.slice(0, 3)}-${code.slice(3)}`, fullWidth(code)])
      expect.soft(totpStep(secret, typed, null, now), typed).toBe(step)
  })

  it.each(['', '0', '00592', '0059240', '5924', '5.924e3', 'abcdef', '٠٠٥٩٢٤', '005924\0'])('refuses %j', (code) => {
    expect(totpStep(secret, code, null, now)).toBeUndefined()
  })
})

function fullWidth(digits: string): string {
  return digits.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)))
}

describe('createTotpSecret', () => {
  it('has 160 bits, others each time', () => {
    expect(createTotpSecret()).toMatch(/^[A-Z2-7]{32}$/)
    expect(createTotpSecret()).not.toBe(createTotpSecret())
  })
})

describe('totpUri', () => {
  it('says all an app has to know, and nothing that a name could add', () => {
    const uri = new URL(totpUri({ secret, issuer: 'A&B: Films', account: 'ada+x@example.com?secret=1' }))
    expect(decodeURIComponent(uri.pathname)).toMatch(/\/?A&B  Films:ada\+x@example\.com\?secret=1$/)
    expect(Object.fromEntries(uri.searchParams)).toEqual({ secret, issuer: 'A&B: Films', algorithm: 'SHA1', digits: '6', period: '30' })
  })
})

describe('recovery codes', () => {
  it('are ten, and easy to copy', () => {
    const codes = createRecoveryCodes()
    expect(new Set(codes).size).toBe(10)
    for (const code of codes) expect.soft(code).toMatch(/^(?:[\da-hjkmnp-tv-z]{4}-){3}[\da-hjkmnp-tv-z]{4}$/)
  })

  it('are found as people type them', () => {
    const digest = recoveryCodeDigest('10ab-cdef-ghjk-mnpq')
    expect(digest).toMatch(/^[\w-]{43}$/)
    for (const typed of ['10ABCDEFGHJKMNPQ', ' ioab cdef ghjk mnpq ', 'lOab–cdef–ghjk–mnpq', '10ab-cdef-ghjk-mnpq\n'])
      expect.soft(recoveryCodeDigest(typed), typed).toBe(digest)
    expect(recoveryCodeDigest('10ab-cdef-ghjk-mnpr')).not.toBe(digest)
  })

  it.each(['', '10ab-cdef-ghjk-mnp', '10ab-cdef-ghjk-mnpqr', '10ab-cdef-ghjk-mnpu', '10ab_cdef_ghjk_mnpq'])('cannot be %j', (typed) => {
    expect(recoveryCodeDigest(typed)).toBeUndefined()
  })
})

describe('QrCode', () => {
  it('draws the very squares, black on white, with a name', () => {
    const text = totpUri({ secret, issuer: 'Matinée', account: 'ada@example.com' })
    const { data, size } = encode(text, { ecc: 'M', border: 4 })
    const drawing = drawQr(text)
    const drawn = data.map((row) => row.map(() => false))
    for (const [, x, y, width] of drawing.path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g))
      for (let at = Number(x); at < Number(x) + Number(width); at++) drawn[Number(y)]![at] = true
    expect(drawing.size).toBe(size)
    expect(drawn).toEqual(data)
    const svg = renderToStaticMarkup(<QrCode {...drawing} title="Matinée & you" />)
    expect(svg).toMatch(
      /^<svg role="img" aria-label="Matinée &amp; you" viewBox="0 0 (\d+) \1".*<title>Matinée &amp; you<\/title><rect .*fill="#fff"/,
    )
    expect(svg).not.toMatch(/style|currentColor/)
  })
})
