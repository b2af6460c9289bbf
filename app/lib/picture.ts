import { z } from 'zod'

const types = ['image/png', 'image/jpeg', 'image/webp'] as const

type PictureType = (typeof types)[number]

/** A picture that somebody sends, up to a size in bytes. Gives its bytes and its type, which is what the bytes say and not its sender. */
export function picture(maxSize: number) {
  return z
    .file()
    .max(maxSize)
    .mime([...types])
    .transform(async (file, { addIssue }) => {
      const bytes = new Uint8Array(await file.arrayBuffer())
      const type = pictureType(bytes)
      if (type) return { bytes, type }
      addIssue('Its name says picture, its content does not. Choose a PNG, JPEG or WebP file.')
      return z.NEVER
    })
}

/** What each type starts with, from an offset. */
const signatures: Array<[PictureType, offset: number, bytes: string]> = [
  ['image/png', 0, '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', 0, '\xff\xd8\xff'],
  ['image/webp', 8, 'WEBPVP8'],
]

function pictureType(bytes: Uint8Array): PictureType | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 16))
  return signatures.find(([, offset, signature]) => start.startsWith(signature, offset))?.[0]
}
