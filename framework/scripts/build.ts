/** Builds the npm package: `dist/` mirrors `src/` as JavaScript with declarations, and what is not TypeScript is copied as it is. */
import { spawnSync } from 'node:child_process'
import { cpSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const root = dirname(import.meta.dirname)
const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'))
// TypeScript is compiled; tests and what only tests use (its name starts with `_`) stay here.
const notShipped = /\.tsx?$|\.test\.|[\\/]_/

rmSync(join(root, 'dist'), { recursive: true, force: true })
const { status } = spawnSync(process.execPath, [join(typescript, 'bin/tsc'), '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' })
if (status !== 0) process.exit(1)
cpSync(join(root, 'src'), join(root, 'dist'), { recursive: true, filter: (source) => !notShipped.test(source.slice(root.length)) })
