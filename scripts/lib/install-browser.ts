import { existsSync } from 'node:fs'
import { findBrowser } from '../../e2e/browser.ts'
import { run, say } from './run.ts'

/**
 * Makes sure that there is a Chromium for the browser tests, installing one where there is none.
 *
 * @returns Whether there is one now; when not, it has said what to do
 */
export async function ensureBrowser(): Promise<boolean> {
  if (findBrowser()) return true
  say('No browser found: installing Chromium with Playwright')
  await run('playwright', ['install', 'chromium'], { show: true })
  if (findBrowser()) return true
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say('Playwright could not bring one: installing Debian’s chromium with apt-get')
    await run('apt-get', ['update'], { show: true })
    await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], {
      show: true,
      env: { DEBIAN_FRONTEND: 'noninteractive' },
    })
    if (findBrowser()) return true
  }
  console.error(
    'The browser tests need a Chromium and none could be installed.\n' +
      'Install Chromium or Chrome so that `chromium` or `google-chrome` is on the PATH, then run npm test again.',
  )
  return false
}
