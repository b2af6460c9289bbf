import { randomBytes } from 'node:crypto'
import type { Settings } from '../core/settings.ts'

/** The environment variable in which whoever starts the app's processes hands all of them one secret. */
const variable = 'HOTCLUB_SECRET'

/** The secrets of an app: its own, else the one handed to this process, else one that lasts as long as the process does. */
export function secretsOf({ secrets }: Pick<Settings, 'secrets'>): readonly [string, ...string[]] {
  const [first, ...rest] = secrets
  return first === undefined ? [process.env[variable] ?? createSecret()] : [first, ...rest]
}

/** Makes up a secret that nobody can guess. */
export function createSecret(): string {
  return randomBytes(32).toString('base64url')
}
