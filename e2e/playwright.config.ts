import { createServer } from 'node:net'
import { defineConfig, devices } from '@playwright/test'
import { findBrowser } from './browser.ts'

// Playwright reads this file in every worker: ports are chosen once and handed on by the environment.
const port = (process.env['HOTCLUB_E2E_PORT'] ??= String(await freePort()))
process.env['HOTCLUB_E2E_PROVIDER_PORT'] ??= String(await freePort())
const executablePath = findBrowser()
if (executablePath === undefined) throw new Error('There is no Chromium. `npm test -- e2e` installs one.')

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../test-results',
  fullyParallel: true,
  forbidOnly: Boolean(process.env['CI']),
  workers: 2,
  // A busy machine takes its time; a test that hangs still ends.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'javascript', use: devices['Desktop Chrome'], testIgnore: '**/*.nojs.spec.ts' },
    { name: 'no javascript', use: { ...devices['Desktop Chrome'], javaScriptEnabled: false }, testMatch: '**/*.nojs.spec.ts' },
  ],
  webServer: {
    command: 'node serve.ts',
    env: { PORT: port, HOST: '127.0.0.1' },
    url: `http://127.0.0.1:${port}/healthz`,
    timeout: 120_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
    stdout: 'ignore',
  },
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.')
  return address.port
}
