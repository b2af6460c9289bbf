import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/** The app that is measured. */
export const appRoot = fileURLToPath(new URL('./app', import.meta.url))
export const floorFile = fileURLToPath(new URL('./app/dist/floor/floor.js', import.meta.url))
export const hotclub = fileURLToPath(new URL('../framework/bin/hotclub.js', import.meta.url))
export const env = { NODE_ENV: 'production', DATABASE_URL: 'file:./prisma/bench.db', PORT: '0', HOST: '127.0.0.1' }

/** Brings the app's database up to date and builds app and floor. */
export async function prepare(): Promise<void> {
  for (const command of [['generate'], ['migrate', 'apply'], ['seed'], ['build']]) {
    console.log(`hotclub ${command.join(' ')}`)
    execFileSync(process.execPath, ['--conditions=hotclub-source', hotclub, ...command], {
      cwd: appRoot,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  }
  await build({
    configFile: false,
    logLevel: 'warn',
    root: appRoot,
    ssr: { resolve: { conditions: ['hotclub-source', 'module', 'node', 'production'] } },
    build: {
      ssr: fileURLToPath(new URL('./floor.tsx', import.meta.url)),
      outDir: 'dist/floor',
      target: 'node22',
      rolldownOptions: { output: { entryFileNames: '[name].js' } },
    },
  })
}
