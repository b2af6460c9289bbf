import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const framework = join(import.meta.dirname, '../../..')
let folder: string

beforeAll(() => {
  // Below the repository, where the packages of the app are found.
  const cache = join(framework, '../.cache')
  mkdirSync(cache, { recursive: true })
  folder = mkdtempSync(join(cache, 'build-'))
  cpSync(join(framework, 'test/fresh-app'), folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('hotclub build', () => {
  it('builds a fresh clone: without a generated client, types, database or environment', () => {
    const env: NodeJS.ProcessEnv = { ...process.env }
    for (const name of ['NODE_ENV', 'VITEST', 'DATABASE_URL', 'GREETING']) delete env[name]
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(framework, 'bin/hotclub.js'), 'build'], {
      cwd: folder,
      env,
      encoding: 'utf8',
    })

    expect(status, `${stdout}\n${stderr}`).toBe(0)
    for (const file of ['dist/server/index.js', 'dist/static.json', '.hotclub/types/routes.d.ts', '.hotclub/types/db.d.ts'])
      expect(existsSync(join(folder, file)), file).toBe(true)
  })
})
