import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

/** A project with a space in its path, nothing to install, and an npm that writes down what it is asked. */
let folder: string
let npmCalls: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotclub run '))
  npmCalls = join(folder, 'npm-calls')
  cpSync(join(import.meta.dirname, 'run.mjs'), join(folder, 'scripts/run.mjs'))
  write('package.json', '{ "devDependencies": { "node": "24" } }')
  write(
    'package-lock.json',
    '{ "packages": { "": { "devDependencies": { "node": "24" } }, "node_modules/node": { "version": "24.1.0" } } }',
  )
  write('node_modules/.package-lock.json', '{ "packages": { "node_modules/node": { "version": "24.1.0" } } }')
  write('node_modules/node/package.json', '{ "version": "24.1.0" }')
  mkdirSync(join(folder, 'node_modules/node/bin'))
  symlinkSync(process.execPath, join(folder, 'node_modules/node/bin/node'))
  write('npm/npm-cli.js', `require('node:fs').appendFileSync(${JSON.stringify(npmCalls)}, process.argv.slice(2).join(' ') + '\\n')`)
  write('scripts/commands/test.ts', 'const args: string[] = process.argv.slice(2)\nconsole.log(JSON.stringify([args, process.execArgv]))')
})

afterEach(() => rmSync(folder, { recursive: true }))

function write(file: string, text: string) {
  mkdirSync(dirname(join(folder, file)), { recursive: true })
  writeFileSync(join(folder, file), text)
}

function start(...args: string[]) {
  const env = { ...process.env, npm_execpath: join(folder, 'npm/npm-cli.js') }
  const child = spawn(process.execPath, [join(folder, 'scripts/run.mjs'), ...args], { env, cwd: tmpdir() })
  let output = ''
  const seen = (text: string) => new Promise<void>((resolve) => child.stdout.on('data', () => output.includes(text) && resolve()))
  child.stdout.on('data', (bytes: Buffer) => (output += bytes.toString()))
  child.stderr.on('data', (bytes: Buffer) => (output += bytes.toString()))
  const end = new Promise<{ code: number | null; output: string }>((resolve) => child.on('close', (code) => resolve({ code, output })))
  return { child, seen, end }
}

const calls = () => (existsSync(npmCalls) ? readFileSync(npmCalls, 'utf8') : '')

describe('run.mjs', () => {
  it('hands the arguments over to the pinned Node, which runs the source unbuilt', async () => {
    const { code, output } = await start('test', 'a file.test.ts', '--update').end

    expect(JSON.parse(output)).toEqual([['a file.test.ts', '--update'], ['--conditions=hotclub-source']])
    expect(code).toBe(0)
    expect(calls()).toBe('')
  })

  it('installs when nothing is installed, and says so', async () => {
    rmSync(join(folder, 'node_modules/.package-lock.json'))
    const { output } = await start('test').end

    expect(output).toContain('Nothing is installed yet: running npm install …')
    expect(calls()).toMatch(/^install .*--ignore-scripts.*--no-save\n$/)
  })

  it('installs when the lock file asks for another version, and names the package', async () => {
    write(
      'package-lock.json',
      '{ "packages": { "": { "devDependencies": { "node": "24" } }, "node_modules/node": { "version": "24.2.0" } } }',
    )
    const { output } = await start('test').end

    expect(output).toContain('package-lock.json changed (node): running npm install …')
  })

  it('lets npm mend the lock file when a package.json changed', async () => {
    write('package.json', '{ "devDependencies": { "node": "24", "vite": "8.0.0" } }')
    const { output } = await start('test').end

    expect(output).toContain('A package.json changed: running npm install …')
    expect(calls()).not.toContain('--no-save')
  })

  it('leaves out what this platform does not need', async () => {
    write(
      'package-lock.json',
      '{ "packages": { "": { "devDependencies": { "node": "24" } }, "node_modules/node": { "version": "24.1.0" }, "node_modules/fsevents": { "version": "2.0.0", "optional": true } } }',
    )
    await start('test').end

    expect(calls()).toBe('')
  })

  it('installs again after an interrupted install', async () => {
    write('node_modules/.hotclub-installing', '')
    const { output } = await start('test').end

    expect(output).toContain('The last install was interrupted')
    expect(existsSync(join(folder, 'node_modules/.hotclub-installing'))).toBe(false)
  })

  it('goes no further when npm fails', async () => {
    rmSync(join(folder, 'node_modules/.package-lock.json'))
    write('npm/npm-cli.js', 'process.exit(3)')
    const { code, output } = await start('test').end

    expect(output).toContain('npm install did not succeed')
    expect(code).toBe(1)
  })

  it("fetches Node's binary itself where install scripts are off", async () => {
    rmSync(join(folder, 'node_modules/node/bin'), { recursive: true })
    const { output } = await start('test').end

    expect(output).toContain('Node 24.1.0 came without its binary: fetching ')
    expect(calls()).toMatch(/^install .*--ignore-scripts node-\S+@24\.1\.0\n$/)
  })

  it('ends with the exit code of the command', async () => {
    write('scripts/commands/test.ts', 'process.exit(7)')

    expect((await start('test').end).code).toBe(7)
  })

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('passes %s on and waits for a clean end', async (signal) => {
    write(
      'scripts/commands/test.ts',
      `process.on('${signal}', () => { console.log('stopped cleanly'); process.exit(5) }); setInterval(() => {}, 1000); console.log('ready')`,
    )
    const { child, seen, end } = start('test')
    await seen('ready')
    child.kill(signal)
    const { code, output } = await end

    expect(output).toContain('stopped cleanly')
    expect(code).toBe(5)
  })

  it('reads prompts from the terminal it was started in', async () => {
    write('scripts/commands/test.ts', "process.stdin.on('data', (bytes: Buffer) => console.log('got ' + bytes.toString()))")
    const { child, end } = start('test')
    child.stdin.end('yes')

    expect((await end).output).toContain('got yes')
  })

  it('lists the commands when it does not know one', async () => {
    const { code, output } = await start('tset').end

    expect(output).toBe("hotclub: 'tset' is not a command. There are: dev, build, start, test, check, bench.\n")
    expect(code).toBe(1)
  })
})
