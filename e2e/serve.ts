/**
 * What the browser tests visit: the built app on a fresh database with all films.
 * Playwright starts it (see playwright.config.ts) and ends it with the run.
 */
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const folder = join(root, '.cache/e2e')
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })

// Its members have a password that the tests know, and another site's accounts sign in.
const providerPort = process.env['HOTCLUB_E2E_PROVIDER_PORT']
const env = {
  ...process.env,
  NODE_ENV: 'production',
  SEED_DEMO_MEMBERS: '1',
  MAIL_FOLDER: join(folder, 'mail'),
  DATABASE_URL: `file:${join(folder, 'e2e.db')}`,
  // Who may do everything in the admin.
  SUPERUSER_EMAIL: 'root@matinee.example',
  SUPERUSER_NAME: 'Root',
  SUPERUSER_PASSWORD: 'slow-afternoon',
  OIDC_ISSUER: `http://127.0.0.1:${providerPort}`,
  OIDC_CLIENT_ID: 'matinee',
  OIDC_CLIENT_SECRET: 'the secret of the client',
}
const hotclub = (...args: string[]) => ['--conditions=hotclub-source', join(root, 'framework/bin/hotclub.js'), ...args]

for (const command of [['migrate', 'apply'], ['seed'], ['createsuperuser']]) {
  const { status } = spawnSync(process.execPath, hotclub(...command), { cwd: root, env, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
const provider = spawn(process.execPath, [join(root, 'framework/test/serve-oidc-provider.ts')], {
  env: { ...process.env, PORT: providerPort },
  stdio: 'inherit',
})
const server = spawn(process.execPath, hotclub('start'), { cwd: root, env, stdio: 'inherit' })
server.on('exit', (code) => {
  provider.kill()
  process.exit(code ?? 1)
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => server.kill(signal))
// A runner that was killed cannot end what it started.
const runner = process.ppid
setInterval(() => process.ppid === runner || server.kill('SIGTERM'), 500).unref()
