import { describe, expect, it } from 'vitest'
import { picture } from './picture.ts'

async function read(bytes: string, type = 'image/png') {
  const file = new File([Uint8Array.from(bytes, (character) => character.charCodeAt(0))], 'poster', { type })
  const result = await picture(100).safeParseAsync(file)
  return result.success ? result.data : result.error.issues[0]!.message
}

const notOne = 'Its name says picture, its content does not. Choose a PNG, JPEG or WebP file.'

describe('picture', () => {
  it('has the type that its first bytes say, whatever its sender calls it', async () => {
    expect(await read('\x89PNG\r\n\x1a\n…')).toMatchObject({ type: 'image/png', bytes: { length: 9 } })
    expect(await read('\xff\xd8\xff\xe0..JFIF')).toMatchObject({ type: 'image/jpeg' })
    expect(await read('RIFF....WEBPVP8 ...', 'image/jpeg')).toMatchObject({ type: 'image/webp' })
  })

  it('is refused where its bytes are something else', async () => {
    for (const bytes of ['GIF89a', '<svg xmlns="http://www.w3.org/2000/svg">', '<script>', ' \x89PNG\r\n\x1a\n', 'RIFF....WAVE'])
      expect(await read(bytes), bytes).toBe(notOne)
  })

  it('is refused where it is too large or called something else', async () => {
    expect(await read('\xff\xd8\xff'.padEnd(101))).toMatch(/^Too big/)
    expect(await read('\xff\xd8\xff', 'text/html')).toMatch(/^Invalid option/)
  })
})
