import { createHmac } from 'node:crypto'
import { serviceKey, type ServiceKey } from '../core/services.ts'
import { isEqual } from './is-equal.ts'

/** Signs and encrypts with the app's secrets. A purpose keeps what was made for one thing from being used for another. */
export interface Keys {
  /** Returns `value` with the time and a signature behind it. */
  sign(value: string, purpose: string): string
  /**
   * Returns what was signed, or `undefined` when the signature is wrong, made for another purpose, or too old.
   *
   * @param maxAge Seconds (default: no limit)
   */
  unsign(signed: string, purpose: string, maxAge?: number): string | undefined
  /** Encrypts anything that JSON can hold. @param ttl Seconds it can be opened for */
  seal(value: unknown, purpose: string, ttl: number): Promise<string>
  /** Opens what {@link seal} gave; `undefined` when it cannot be. */
  unseal(sealed: string, purpose: string): Promise<unknown>
}

/** The keys of an app. */
export const keysService: ServiceKey<Keys> = serviceKey('keys', 'Hotclub sets them up when the app is made.')

/**
 * Creates keys from the app's secrets.
 *
 * @param secrets The first one signs and encrypts; all of them are believed
 */
export function createKeys(secrets: readonly [string, ...string[]]): Keys {
  const derived = new Map<string, string>()
  /** A key for one purpose: who finds it out knows neither the secret nor another key. */
  const keyFor = (secret: string, purpose: string): string => {
    const id = `${purpose}\0${secret}`
    let key = derived.get(id)
    if (key === undefined) derived.set(id, (key = createHmac('sha256', secret).update(`hotclub ${purpose}`).digest('base64url')))
    return key
  }
  const macOf = (text: string, secret: string, purpose: string): Buffer =>
    createHmac('sha256', keyFor(secret, `sign ${purpose}`))
      .update(text)
      .digest()
  return {
    sign(value, purpose) {
      const dated = `${value}.${Math.floor(Date.now() / 1000).toString(36)}`
      return `${dated}.${macOf(dated, secrets[0], purpose).toString('base64url')}`
    },
    unsign(signed, purpose, maxAge = Infinity) {
      const end = signed.lastIndexOf('.')
      const middle = signed.lastIndexOf('.', end - 1)
      if (middle <= -1 || end <= 0) return undefined
      const dated = signed.slice(0, end)
      const mac = Buffer.from(signed.slice(end + 1), 'base64url')
      if (!secrets.some((secret) => isEqual(mac, macOf(dated, secret, purpose)))) return undefined
      const age = Date.now() / 1000 - Number.parseInt(dated.slice(middle + 1), 36)
      return age <= maxAge ? dated.slice(0, middle) : undefined
    },
    async seal(value, purpose, ttl) {
      const { sealData } = await import('iron-session')
      return await sealData({ value }, { password: keyFor(secrets[0], `seal ${purpose}`), ttl })
    },
    async unseal(sealed, purpose) {
      const { unsealData } = await import('iron-session')
      for (const secret of secrets) {
        const opened = await unsealData<{ value?: unknown }>(sealed, { password: keyFor(secret, `seal ${purpose}`) })
        // A seal that cannot be opened gives an empty object; ours always has its one key.
        if ('value' in opened) return opened.value
      }
      return undefined
    },
  }
}
