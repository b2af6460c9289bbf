import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** The repository's folder. */
export const root: string = join(import.meta.dirname, '../..')

const running = new Set<ReturnType<typeof spawn>>()

/** Set once somebody asked this command to stop. */
let stopping = false

// Whoever stops the command stops what it started, and it ends when they have ended.
const inTerminal = [process.stdin, process.stdout, process.stderr].some((stream) => stream.isTTY)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => {
    stopping = true
    if (running.size === 0) process.exit(130)
    // Ctrl-C reaches the children by itself, and many take a second one for impatience. Test runners stop their servers only on SIGINT.
    if (signal !== 'SIGINT' || !inTerminal) for (const child of running) child.kill('SIGINT')
  })

/** What a finished command left: its exit code and, unless it was shown at once, all it printed. */
export interface Finished {
  code: number
  output: string
}

/** How to start a command. */
export interface RunOptions {
  /** Show what it prints as it comes, instead of keeping it (default: `false`) */
  show?: boolean
  env?: Record<string, string>
  /** Where it runs (default: the repository's folder) */
  cwd?: string
}

/**
 * Runs a command of this repository (its binaries are on the PATH) and waits for its end. Never throws: a command that cannot be
 * started ends with code 127 and says why.
 */
export function run(command: string, args: string[], { show = false, env = {}, cwd = root }: RunOptions = {}): Promise<Finished> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...(!show && process.stdout.isTTY && !process.env['NO_COLOR'] ? { FORCE_COLOR: '1' } : {}), ...env },
      stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    })
    running.add(child)
    let output = ''
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.on('error', (error) => finish(127, `${output}${error.message}\n`))
    child.on('close', (code) => finish(code ?? 1, output))

    function finish(code: number, text: string) {
      running.delete(child)
      if (stopping && running.size === 0) process.exit(130)
      resolve({ code, output: text })
    }
  })
}

/** Runs `hotclub` of this repository from its source. */
export function hotclub(args: string[], options?: RunOptions): Promise<Finished> {
  return run(process.execPath, ['--conditions=hotclub-source', join(root, 'framework/bin/hotclub.js'), ...args], options)
}

/** Says in one line what is about to happen. */
export function say(words: string): void {
  console.log(`\n── ${words}`)
}
