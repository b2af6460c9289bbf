import { randomBytes, scrypt } from 'node:crypto'
import { isEqual } from '../../http/is-equal.ts'
import { hashArgon2 } from './argon2.ts'
import { areWithin, type ReadStored } from './stored.ts'

interface Cost {
  N: number
  r: number
  p: number
}

/** 16 MiB five times over, as Django has it. */
const cost: Cost = { N: 16_384, r: 8, p: 5 }
const keyLength = 64

const maxMemory = 256 * 1024 * 1024
const maxLanes = 32

const pattern = /^scrypt\$(?<N>\d{1,7})\$(?<salt>[^$]{1,128})\$(?<r>\d{1,3})\$(?<p>\d{1,3})\$(?<key>[A-Za-z\d+/]{86}==)$/

/** Makes a scrypt hash, for a Node without argon2. */
export async function hashScrypt(password: string): Promise<string> {
  const salt = randomBytes(16).toString('base64url')
  const key = await derive(password, salt, cost)
  return `scrypt$${cost.N}$${salt}$${cost.r}$${cost.p}$${key.toString('base64')}`
}

export const readScrypt: ReadStored = (encoded) => {
  const found = pattern.exec(encoded)?.groups
  if (found === undefined) return undefined
  const { N, r, p }: Cost = { N: Number(found['N']), r: Number(found['r']), p: Number(found['p']) }
  const isPower = N > 1 && Number.isInteger(Math.log2(N))
  if (!isPower || !areWithin(maxMemory, memoryOf({ N, r, p })) || !areWithin(maxLanes, r, p)) return undefined
  const key = Buffer.from(found['key']!, 'base64')
  return {
    isWeak: hashArgon2 !== undefined || N < cost.N || r < cost.r || p < cost.p,
    matches: async (password) => isEqual(await derive(password, found['salt']!, { N, r, p }), key),
  }
}

/** Without `promisify`, whose types lose the options. */
function derive(password: string, salt: string, { N, r, p }: Cost): Promise<Buffer> {
  const options = { N, r, p, maxmem: 2 * memoryOf({ N, r, p }) }
  return new Promise((resolve, reject) => {
    scrypt(password, salt, keyLength, options, (error, key) => (error ? reject(error) : resolve(key)))
  })
}

/** In bytes. */
function memoryOf({ N, r, p }: Cost): number {
  return 128 * r * (N + p)
}
