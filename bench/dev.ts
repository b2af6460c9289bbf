import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { chromium } from '@playwright/test'
import { findBrowser } from '../e2e/browser.ts'
import { freePort, untilAnswer } from './lib/first-answer.ts'
import { median } from './lib/load.ts'
import { appRoot, hotclub } from './prepare.ts'

const starts = 5
const edits = 9

/** How long a developer waits: from the command to the first page, and from saving a file to seeing it. */
export async function dev(): Promise<void> {
  const times: number[] = []
  for (let run = 0; run < starts; run++) {
    const server = await start()
    times.push(server.time)
    await server.stop()
  }
  console.log(`\ndev start to the first page, warm: ${median(times).toFixed(0)} ms (median of ${starts})`)
  await edit()
}

async function start(): Promise<{ url: string; time: number; stop(): Promise<void> }> {
  const port = await freePort()
  const begun = performance.now()
  const child = spawn(process.execPath, ['--conditions=hotclub-source', hotclub, 'dev', '--port', String(port)], {
    cwd: appRoot,
    env: { ...process.env, DATABASE_URL: 'file:./prisma/bench.db', NODE_ENV: 'development' },
    stdio: 'ignore',
  })
  const url = `http://127.0.0.1:${port}`
  await untilAnswer(`${url}/memory`, child)
  const time = performance.now() - begun
  return {
    url,
    time,
    async stop() {
      child.kill()
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}

async function edit(): Promise<void> {
  const executablePath = findBrowser()
  if (executablePath === undefined) throw new Error('There is no Chromium; `npm test -- e2e` installs one.')
  const server = await start()
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] })
  const view = {
    name: 'a view',
    file: join(appRoot, 'app/lib/list.tsx'),
    from: '<h1>Films</h1>',
    to: (n: number) => `<h1>Films ${n}</h1>`,
    seen: (n: number) => `Films ${n}`,
  }
  const loader = {
    name: 'a loader',
    file: join(appRoot, 'app/routes/memory.tsx'),
    from: 'films: newest }',
    to: (n: number) => `films: newest.map((film) => ({ ...film, title: 'Edit ${n}' })) }`,
    seen: (n: number) => `Edit ${n}`,
  }
  try {
    const page = await browser.newPage()
    await page.goto(`${server.url}/memory`)
    await page.waitForLoadState('networkidle')
    for (const { name, file, from, to, seen } of [view, loader]) {
      const text = await readFile(file, 'utf8')
      const times: number[] = []
      try {
        for (let n = 0; n < edits; n++) {
          const shown = page.evaluate(
            (words) =>
              new Promise<number>((resolve, reject) => {
                setTimeout(() => reject(new Error(`'${words}' was not seen within ten seconds.`)), 10_000)
                new MutationObserver((_, observer) => {
                  if (!document.body.textContent.includes(words)) return
                  observer.disconnect()
                  resolve(Date.now())
                }).observe(document.body, { subtree: true, childList: true, characterData: true })
              }),
            seen(n),
          )
          const saved = Date.now()
          await writeFile(file, text.replace(from, to(n)))
          times.push((await shown) - saved)
          // As a person does: an edit comes when the last one has settled.
          await pause(500)
        }
      } finally {
        await writeFile(file, text)
      }
      console.log(
        `from saving ${name} to seeing it: ${median(times)} ms (median of ${edits}, ${Math.min(...times)} to ${Math.max(...times)})`,
      )
    }
  } finally {
    await browser.close()
    await server.stop()
  }
}
