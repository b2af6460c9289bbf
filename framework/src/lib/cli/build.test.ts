import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const framework = join(import.meta.dirname, '../../..')
const env: NodeJS.ProcessEnv = { ...process.env }
for (const name of ['NODE_ENV', 'VITEST', 'DATABASE_URL', 'GREETING']) delete env[name]
let folder: string

beforeAll(() => {
  // Below the repository, where the packages of the app are found.
  const cache = join(framework, '../.cache')
  mkdirSync(cache, { recursive: true })
  folder = mkdtempSync(join(cache, 'build-'))
  cpSync(join(framework, 'test/fresh-app'), folder, { recursive: true })
  write('package.json', '{ "private": true, "type": "module" }\n')
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function write(file: string, text: string) {
  mkdirSync(dirname(join(folder, file)), { recursive: true })
  writeFileSync(join(folder, file), text)
}

function node(args: string[], more: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, env: { ...env, ...more }, encoding: 'utf8' })
  expect(status, `${stdout}\n${stderr}`).toBe(0)
  return stdout
}

describe('hotclub build', () => {
  it('builds a fresh clone: without a generated client, types, database or environment', () => {
    node([join(framework, 'bin/hotclub.js'), 'build'])

    for (const file of ['dist/server/index.js', 'dist/static.json', '.hotclub/types/routes.d.ts', '.hotclub/types/db.d.ts'])
      expect(existsSync(join(folder, file)), file).toBe(true)
  })

  it('puts into the manifest what the app stands on, in the order of the file names, and neither helpers nor tests', () => {
    node([join(framework, 'bin/hotclub.js'), 'add', 'accounts'])
    const policy = (model: string) =>
      `import { definePolicy } from 'hotclub/auth'\nexport default definePolicy('${model}', { read: true })\n`
    write('app/policies/visit.ts', policy('visit'))
    write('app/policies/user.ts', policy('user'))
    write('app/signals/audit.ts', `import { on } from 'hotclub/signals'\nexport const audit = on('account', 'deleted', () => {})\n`)
    const broken = `throw new Error('This is not loaded with the app.')\n`
    for (const file of ['policies/_shared.ts', 'policies/visit.test.ts', 'signals/_mail.ts', 'signals/deep/more.ts'])
      write(`app/${file}`, broken)
    node([join(framework, 'bin/hotclub.js'), 'build'])
    write(
      'show.js',
      `import { manifest } from './dist/server/index.js'
const { auth, policies, signals, schema, load } = manifest
console.log(JSON.stringify({ auth, policies, signals, models: Object.keys(schema.models), files: Object.keys(load) }))
`,
    )
    const manifest = JSON.parse(node(['show.js'], { DATABASE_URL: 'file:./prisma/show.db', GREETING: 'hello' })) as Record<string, unknown>

    expect(manifest).toMatchObject({
      auth: { siteName: 'My site' },
      policies: [{ model: 'user' }, { model: 'visit' }],
      signals: [
        { subject: 'account', event: 'deleted' },
        { subject: 'account', event: 'signedUp' },
      ],
      models: expect.arrayContaining(['User', 'Visit']),
      files: expect.arrayContaining(['root.tsx', 'routes/index.tsx', 'routes/login.tsx']),
    })
  })
})
