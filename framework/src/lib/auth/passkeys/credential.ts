/** What browsers send of a passkey: JSON in a field of a form, from whoever may have written it. Bytes are base64url. */
import { z, type ZodString, type ZodType } from 'zod'

interface Credential {
  id: string
  rawId: string
  type: 'public-key'
  clientExtensionResults: object
}

/** A new passkey. */
export interface MadePasskey extends Credential {
  response: { clientDataJSON: string; attestationObject: string; transports: string[] }
}

/** The proof that somebody has one. */
export interface UsedPasskey extends Credential {
  response: { clientDataJSON: string; authenticatorData: string; signature: string; userHandle?: string }
}

/** Longest answer of a device that is read; what the longest signatures in use take is a quarter of it. */
const maxLength = 16_384

const bytes: ZodString = z.string().regex(/^[\w-]+$/)

const madeSchema: ZodType<MadePasskey> = z.object({
  id: bytes,
  rawId: bytes,
  type: z.literal('public-key'),
  clientExtensionResults: z.object({}).default({}),
  response: z.object({
    clientDataJSON: bytes,
    attestationObject: bytes,
    // Kept in one column, with commas between.
    transports: z
      .array(z.string().regex(/^[\w-]{1,20}$/))
      .max(10)
      .default([]),
  }),
})

const usedSchema: ZodType<UsedPasskey> = z.object({
  id: bytes,
  rawId: bytes,
  type: z.literal('public-key'),
  clientExtensionResults: z.object({}).default({}),
  response: z.object({ clientDataJSON: bytes, authenticatorData: bytes, signature: bytes, userHandle: bytes.exactOptional() }),
})

/** Reads what `navigator.credentials.create` gave; `undefined` when that cannot be it. */
export function readMade(text: string): MadePasskey | undefined {
  return read(madeSchema, text)
}

/** Reads what `navigator.credentials.get` gave; `undefined` when that cannot be it. */
export function readUsed(text: string): UsedPasskey | undefined {
  return read(usedSchema, text)
}

function read<T>(schema: ZodType<T>, text: string): T | undefined {
  if (text.length > maxLength) return undefined
  try {
    return schema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
