#!/usr/bin/env node
/**
 * The command `hotclub`. Plain JavaScript: it also has to explain itself to a Node that is too old for the rest.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

const [major, minor] = process.versions.node.split('.').map(Number)
const condition = '--conditions=hotclub-source'
// Only the framework's own repository has `src`; there it runs unbuilt, which takes a flag that must stand before the script.
const unbuilt = existsSync(new URL('../src', import.meta.url)) && !process.execArgv.includes(condition)

if (major < 22 || (major === 22 && minor < 13)) {
  console.error(
    `hotclub needs Node 22.13 or newer; this is ${process.versions.node}. Run it as an npm script, with "node" in devDependencies.`,
  )
  process.exitCode = 1
} else if (unbuilt) {
  const script = fileURLToPath(import.meta.url)
  const child = spawn(process.execPath, [...process.execArgv, condition, script, ...process.argv.slice(2)], { stdio: 'inherit' })
  // Ctrl-C in a terminal reaches the child by itself.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  process.on('SIGHUP', () => child.kill('SIGHUP'))
  child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code))
} else {
  // Compiled code of the framework, Vite and Prisma is kept between runs: a third of the start. From 22.8; before, nothing happens.
  nodeModule.enableCompileCache?.()
  const { main } = await import('hotclub/cli')
  await main(process.argv.slice(2))
}
