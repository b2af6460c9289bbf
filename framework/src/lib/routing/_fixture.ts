/** A throw-away app for tests: files written to a temporary folder, its types generated, `tsc` run over it. */
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { batteries } from '../vite/batteries.ts'
import { scanRoutes } from './scan.ts'
import { generateTypes } from './typegen.ts'

const require = createRequire(import.meta.url)
const packages = dirname(dirname(require.resolve('typescript/package.json')))

const config = {
  extends: join(dirname(packages), 'tsconfig.base.json'),
  compilerOptions: { noEmit: true, types: ['node'] },
  include: ['app', '.hotclub/types'],
}

/** Runs `use` with the folder of an app made of `files`, and removes it afterwards. */
export async function withApp<T>(files: Record<string, string>, use: (root: string) => Promise<T>): Promise<T> {
  const root = await mkdtemp(join(tmpdir(), 'hotclub-app-'))
  try {
    await symlink(packages, join(root, 'node_modules'))
    await write(join(root, 'tsconfig.json'), JSON.stringify(config))
    await write(join(root, 'package.json'), '{ "type": "module" }')
    for (const [file, text] of Object.entries(files)) await write(join(root, file), text)
    return await use(root)
  } finally {
    await rm(root, { recursive: true })
  }
}

/** Scans the app, generates its types and gives what `tsc` says, one line an error. */
export async function typeErrors(root: string): Promise<string[]> {
  const appDir = join(root, 'app')
  const outDir = join(root, '.hotclub/types')
  const scan = await scanRoutes(appDir, batteries)
  for (const { path, text } of generateTypes({ ...scan, appDir, outDir })) await write(path, text)
  const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc')
  try {
    await promisify(execFile)(process.execPath, [tsc, '-p', root, '--pretty', 'false'])
    return []
  } catch (error) {
    if (!(error instanceof Error) || !('stdout' in error)) throw error
    return String(error.stdout)
      .split('\n')
      .filter((line) => line.includes('error TS'))
  }
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}
