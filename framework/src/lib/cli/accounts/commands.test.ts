import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AccountsLab, createAccountsLab } from '../../../../test/_accounts.ts'
import { verifyPassword } from '../../auth/passwords/passwords.ts'
import { createTestProject, type TestProject } from '../../db/_test-project.ts'

const bin = join(import.meta.dirname, '../../../../bin/hotclub.js')
const password = 'a long walk by the sea'
let lab: AccountsLab

beforeAll(async () => {
  lab = await createAccountsLab()
})
afterAll(() => lab.remove())

/** A command as a process of its own, without a terminal. */
async function hotclub(
  root: string,
  args: string[],
  { env = {}, input = '' }: { env?: Record<string, string>; input?: string } = {},
): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ['--conditions=hotclub-source', bin, ...args], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: lab.url, NODE_ENV: 'development', ...env },
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output += String(chunk)))
  child.stderr.on('data', (chunk) => (output += String(chunk)))
  child.stdin.end(input)
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, output }
}

const findUser = (email: string): Promise<any> => lab.db['user']!['findUnique']!({ where: { email } })

describe('hotclub createsuperuser', () => {
  it('takes flags and the environment, and writes it down', async () => {
    const made = await hotclub(lab.root, ['createsuperuser', '--email', 'Ada@Example.com', '--name', 'Ada'], {
      env: { SUPERUSER_PASSWORD: password },
    })

    expect(made).toMatchObject({ code: 0, output: expect.stringContaining('ada@example.com') })
    const user = await findUser('ada@example.com')
    expect(user).toMatchObject({ name: 'Ada', isSuperuser: true, isStaff: true, isActive: true })
    expect((await verifyPassword(password, user.password)).isCorrect).toBe(true)
    expect(await lab.db['auditEvent']!['count']!({ where: { userId: String(user.id), kind: 'account.signedUp' } })).toBe(1)
  })

  it('takes the password from a pipe', async () => {
    const env = { SUPERUSER_EMAIL: 'piped@example.com', SUPERUSER_NAME: 'P' }

    expect((await hotclub(lab.root, ['createsuperuser'], { env, input: `${password}\n` })).code).toBe(0)
    expect((await verifyPassword(password, (await findUser('piped@example.com')).password)).isCorrect).toBe(true)
  })

  it('makes nothing of a weak password, an address that is taken, or none, and says why', async () => {
    const env = { SUPERUSER_PASSWORD: 'password' }
    const weak = await hotclub(lab.root, ['createsuperuser', '--email', 'weak@example.com', '--name', 'W'], { env })
    const known = await hotclub(lab.root, ['createsuperuser', '--email', 'ada@example.com', '--name', 'A'], { env })
    const none = await hotclub(lab.root, ['createsuperuser', '--email', 'ada', '--name', 'A'], { env })
    const asked = await hotclub(lab.root, ['createsuperuser'], { env })

    expect(weak).toMatchObject({ code: 1, output: expect.stringMatching(/too short[^]*--accept-weak/) })
    expect(known).toMatchObject({ code: 1, output: expect.stringContaining('HC_ACCOUNT') })
    expect(none).toMatchObject({ code: 1, output: expect.stringContaining('no e-mail address') })
    expect(asked).toMatchObject({ code: 1, output: expect.stringContaining('--email') })
    expect(await findUser('weak@example.com')).toBeNull()

    expect(
      (await hotclub(lab.root, ['createsuperuser', '--email', 'weak@example.com', '--name', 'W', '--accept-weak'], { env })).code,
    ).toBe(0)
  })
})

describe('hotclub changepassword', () => {
  it('changes it and ends the sessions of the account', async () => {
    const user = await lab.createUser({ email: 'change@example.com' })

    expect((await hotclub(lab.root, ['changepassword', 'change@example.com'], { input: password })).code).toBe(0)

    const now = await findUser('change@example.com')
    expect(now.epoch).toBe(user.epoch + 1)
    expect((await verifyPassword(password, now.password)).isCorrect).toBe(true)
    expect(await hotclub(lab.root, ['changepassword', 'nobody@example.com'], { input: password })).toMatchObject({
      code: 1,
      output: expect.stringContaining('no account'),
    })
  })
})

describe('hotclub sessions clear', () => {
  it('removes what has ended, and nothing else', async () => {
    const row = (id: string, days: number): object => ({ id, expiresAt: new Date(Date.now() + days * 86_400_000) })
    await lab.db['session']!['createMany']!({ data: [row('old', -1), row('older', -9), row('open', 1)] })

    expect(await hotclub(lab.root, ['sessions', 'clear'])).toMatchObject({ code: 0, output: expect.stringContaining('2 sessions') })
    expect(await lab.db['session']!['findMany']!()).toMatchObject([{ id: 'open' }])
  })
})

describe('hotclub add accounts', () => {
  it('writes the models and the file, and never over what is there', async () => {
    const project: TestProject = createTestProject('model Film { id Int @id }')
    try {
      const auth = join(project.root, 'app/auth.ts')
      expect((await hotclub(project.root, ['add', 'accounts'])).code).toBe(0)
      expect(readFileSync(auth, 'utf8')).toContain('defineAuth')
      expect(existsSync(join(project.root, 'prisma/auth.prisma'))).toBe(true)

      project.write('app/auth.ts', '// mine')
      expect(await hotclub(project.root, ['add', 'accounts'])).toMatchObject({ code: 1, output: expect.stringContaining('--force') })
      expect(readFileSync(auth, 'utf8')).toBe('// mine')
      expect((await hotclub(project.root, ['add', 'accounts', '--force'])).code).toBe(0)
      expect(readFileSync(auth, 'utf8')).toContain('defineAuth')
    } finally {
      project.remove()
    }
  })
})
