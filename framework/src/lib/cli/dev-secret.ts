import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createSecret } from '../server/secrets.ts'

/**
 * Returns the secret of development, made up once and kept in `.hotclub/secret`: a restart of the dev server must not end every session.
 *
 * @param root The project's folder
 */
export function readDevSecret(root: string): string {
  const file = join(root, '.hotclub/secret')
  try {
    const kept = readFileSync(file, 'utf8').trim()
    if (kept !== '') return kept
  } catch {
    // The first start.
  }
  const secret = createSecret()
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${secret}\n`, { mode: 0o600 })
  return secret
}
