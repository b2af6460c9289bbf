import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { freePort, untilAnswer } from './lib/first-answer.ts'
import { median } from './lib/load.ts'
import { appRoot, env, hotclub } from './prepare.ts'

const runs = 9

/** Milliseconds from starting the process to the first complete page, polled without pause. */
export async function coldStart(): Promise<void> {
  for (const path of ['/memory', '/database']) {
    const times: number[] = []
    for (let run = 0; run < runs; run++) times.push(await startOnce(path))
    console.log(`\ncold start to the first answer of ${path}: ${median(times).toFixed(0)} ms (median of ${runs})`)
  }
}

async function startOnce(path: string): Promise<number> {
  const port = await freePort()
  const start = performance.now()
  const child = spawn(process.execPath, ['--conditions=hotclub-source', hotclub, 'start'], {
    cwd: appRoot,
    env: { ...process.env, ...env, PORT: String(port) },
    stdio: 'ignore',
  })
  const exited = once(child, 'exit')
  await untilAnswer(`http://127.0.0.1:${port}${path}`, child)
  const time = performance.now() - start
  child.kill()
  await exited
  return time
}
