/** A device that makes and uses passkeys, for tests. It does what it is told, which real ones would not. */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { isoCBOR } from '@simplewebauthn/server/helpers'

interface Passkey {
  id: Buffer
  privateKey: KeyObject
  publicKey: KeyObject
  userHandle: string
  counter: number
}

/** How an answer differs from what was asked for. */
export interface Twist {
  challenge?: string
  origin?: string
  rpId?: string
  type?: string
  /** Whether the device has asked for a finger or a PIN (default: `true`). */
  isVerified?: boolean
  /** Whether anybody has touched it (default: `true`). */
  isPresent?: boolean
  /** What the device says it has counted to. */
  counter?: number
  userHandle?: string | undefined
  crossOrigin?: boolean
  topOrigin?: string
  /** The kind of statement about the device. */
  format?: string
  /** Signs with a key that nobody knows. */
  isForged?: boolean
}

export interface Device {
  /** Makes a passkey. @param options What the server asks for @returns The answer as a browser sends it */
  create(options: any, twist?: Twist): any
  /** Uses the passkey that was made last, or the one of this id. */
  get(options: any, twist?: Twist, id?: string): any
}

/**
 * @param origin Of the page that the browser shows
 * @param doesCount Whether the device counts; those that share passkeys between them do not
 */
export function createDevice(origin: string, doesCount = true): Device {
  const passkeys = new Map<string, Passkey>()
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' })

  function clientData(type: string, challenge: string, twist: Twist): Buffer {
    const { crossOrigin = false, topOrigin } = twist
    const data = { type: twist.type ?? type, challenge: twist.challenge ?? challenge, origin: twist.origin ?? origin, crossOrigin }
    return Buffer.from(JSON.stringify({ ...data, ...(topOrigin === undefined ? {} : { topOrigin }) }))
  }

  /** Digest of the site, flags, counter, and the passkey where it is new. */
  function authenticatorData(rpId: string, passkey: Passkey, twist: Twist, isNew: boolean): Buffer {
    const { isPresent = true, isVerified = true } = twist
    // Bits: 0 present, 2 verified, 3 may be backed up, 4 is backed up, 6 holds a passkey.
    const flags = (isPresent ? 1 : 0) | (isVerified ? 4 : 0) | (doesCount ? 0 : 8 | 16) | (isNew ? 64 : 0)
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(twist.counter ?? passkey.counter)
    const head = [digest(twist.rpId ?? rpId), Buffer.from([flags]), counter]
    if (!isNew) return Buffer.concat(head)
    const length = Buffer.alloc(2)
    length.writeUInt16BE(passkey.id.length)
    return Buffer.concat([...head, Buffer.alloc(16), length, passkey.id, coseKey(passkey.publicKey)])
  }

  return {
    create(options, twist = {}) {
      const id = randomBytes(16)
      const passkey: Passkey = { id, ...generateKeyPairSync('ec', { namedCurve: 'P-256' }), userHandle: options.user.id, counter: 0 }
      passkeys.set(id.toString('base64url'), passkey)
      const statement = new Map<string, any>([
        ['fmt', twist.format ?? 'none'],
        ['attStmt', new Map()],
        ['authData', authenticatorData(options.rp.id, passkey, twist, true)],
      ])
      return answer(id, {
        clientDataJSON: text(clientData('webauthn.create', options.challenge, twist)),
        attestationObject: text(isoCBOR.encode(statement)),
        transports: ['internal', 'hybrid'],
      })
    },
    get(options, twist = {}, id = [...passkeys.keys()].at(-1)!) {
      const passkey = passkeys.get(id)!
      if (doesCount) passkey.counter++
      const client = clientData('webauthn.get', options.challenge, twist)
      const data = authenticatorData(options.rpId, passkey, twist, false)
      const signature = sign('sha256', Buffer.concat([data, digest(client)]), twist.isForged ? stranger.privateKey : passkey.privateKey)
      const userHandle = 'userHandle' in twist ? twist.userHandle : passkey.userHandle
      return answer(passkey.id, {
        clientDataJSON: text(client),
        authenticatorData: text(data),
        signature: text(signature),
        ...(userHandle === undefined ? {} : { userHandle }),
      })
    },
  }
}

function answer(id: Buffer, response: object): object {
  return { id: text(id), rawId: text(id), type: 'public-key', clientExtensionResults: {}, response }
}

/** A P-256 key as COSE has it (RFC 9053): type EC2, algorithm ES256, curve, x, y. */
function coseKey(key: KeyObject): Uint8Array {
  const { x, y } = key.export({ format: 'jwk' })
  return isoCBOR.encode(
    new Map<number, any>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, new Uint8Array(Buffer.from(x!, 'base64url'))],
      [-3, new Uint8Array(Buffer.from(y!, 'base64url'))],
    ]),
  )
}

function digest(data: string | Buffer): Buffer {
  return createHash('sha256').update(data).digest()
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url')
}
