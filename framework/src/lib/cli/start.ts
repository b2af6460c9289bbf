import type { Command } from 'commander'
import { HotclubError } from '../core/hotclub-error.ts'

interface StartOptions {
  workers: string
  port?: string
  host?: string
}

/** Adds `hotclub start`. */
export function registerStartCommand(program: Command): void {
  program
    .command('start')
    .description('Serve what hotclub build has built.')
    .option('-w, --workers <n>', 'processes that serve; about one a core', '1')
    .option('-p, --port <port>', 'port to listen on (default: PORT, or 3000)')
    .option('--host <address>', 'address to listen on (default: HOST, or every address)')
    .action(async (options: StartOptions) => {
      const workers = wholeNumber(options.workers, 1, 1024)
      if (workers === undefined)
        throw new HotclubError('HC_WORKERS', {
          where: '--workers',
          message: `'${options.workers}' is not a number of workers.`,
          hint: 'Use a whole number from 1 up, for example the number of cores.',
        })
      const port = readPort(options.port, '--port') ?? readPort(process.env['PORT'], 'PORT') ?? 3000
      const host = options.host ?? (process.env['HOST'] || undefined)
      const { supervise } = await import('../server/node/supervisor.ts')
      await supervise({ root: process.cwd(), workers, port, ...(host === undefined ? {} : { host }) })
      process.exit(0)
    })
}

function readPort(text: string | undefined, where: string): number | undefined {
  if (text === undefined || text === '') return undefined
  const port = wholeNumber(text, 0, 65_535)
  if (port === undefined)
    throw new HotclubError('HC_PORT', {
      where,
      message: `'${text}' is not a port.`,
      hint: 'Use a number from 1 to 65535, or 0 for any free port.',
    })
  return port
}

function wholeNumber(text: string, least: number, most: number): number | undefined {
  const value = Number(text)
  return /^\d+$/.test(text) && value >= least && value <= most ? value : undefined
}
