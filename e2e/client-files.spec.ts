import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { SECRET } from './secret.ts'

const dist = join(import.meta.dirname, '../dist')

function texts(folder: string): Array<{ name: string; text: string }> {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:js|css|json|html|map)$/.test(entry.name))
    .map((entry) => ({ name: entry.name, text: readFileSync(join(entry.parentPath, entry.name), 'utf8') }))
}

test('no file of the browser holds server code, a query, or the value of a secret', () => {
  const browser = texts(join(dist, 'client'))
  const server = texts(join(dist, 'server'))
  expect(browser.length).toBeGreaterThan(5)
  // The first of these stands in a loader, the second in a module that only loaders import.
  for (const marker of ['findMany', 'SITE_URL', 'better-sqlite3', 'node:fs', 'DATABASE_URL']) {
    expect(
      server.some(({ text }) => text.includes(marker)),
      `${marker} is on the server`,
    ).toBe(true)
    expect(
      browser.filter(({ text }) => text.includes(marker)).map(({ name }) => name),
      `${marker} in the browser`,
    ).toEqual([])
  }
  expect(browser.filter(({ text }) => text.includes(SECRET)).map(({ name }) => name)).toEqual([])
})
