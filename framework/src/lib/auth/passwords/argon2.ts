import crypto, { randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { getLogger } from '../../core/log.ts'
import { isEqual } from '../../http/is-equal.ts'
import { areWithin, type ReadStored } from './stored.ts'

/** Node has it from 24.7 on. */
const native: typeof crypto.argon2 | undefined = crypto.argon2
const derive = native && promisify(native)

/** What OWASP asks for at least: memory in KiB, passes over it, lanes. */
const memory = 19_456
const passes = 2
const parallelism = 1
const saltLength = 16

const maxMemory = 262_144
const maxPasses = 32

/** As Django writes it, and, without the first word, everybody else. The version before 19 (2016) is one that Node does not know. */
const pattern =
  /^(?:argon2)?\$argon2(?<kind>id|i|d)\$v=19\$m=(?<memory>\d{1,7}),t=(?<passes>\d{1,3}),p=(?<lanes>\d{1,3})\$(?<salt>[A-Za-z\d+/]{11,128})\$(?<tag>[A-Za-z\d+/]{6,256})$/

/** Makes an argon2id hash; `undefined` on a Node that cannot. */
export const hashArgon2: ((password: string) => Promise<string>) | undefined =
  derive &&
  (async (message) => {
    const nonce = randomBytes(saltLength)
    const tag = await derive('argon2id', { message, nonce, memory, passes, parallelism, tagLength: 32 })
    return `argon2$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(nonce)}$${unpadded(tag)}`
  })

export const readArgon2: ReadStored = (encoded) => {
  const found = pattern.exec(encoded)?.groups
  if (found === undefined) return undefined
  const cost = { memory: Number(found['memory']), passes: Number(found['passes']), parallelism: Number(found['lanes']) }
  if (!areWithin(maxMemory, cost.memory) || !areWithin(maxPasses, cost.passes, cost.parallelism) || cost.memory < 8 * cost.parallelism)
    return undefined
  const kind = found['kind'] === 'id' ? 'argon2id' : found['kind'] === 'i' ? 'argon2i' : 'argon2d'
  const nonce = Buffer.from(found['salt']!, 'base64')
  const tag = Buffer.from(found['tag']!, 'base64')
  return {
    isWeak: kind !== 'argon2id' || cost.memory < memory || cost.passes < passes || nonce.length < saltLength,
    async matches(message) {
      if (derive) return isEqual(await derive(kind, { message, nonce, ...cost, tagLength: tag.length }), tag)
      getLogger().error({ hint: 'Run the app on Node 24.7 or later.' }, 'A password is stored with argon2, which this Node does not have.')
      return false
    },
  }
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '')
}
