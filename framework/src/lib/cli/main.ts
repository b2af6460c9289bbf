/**
 * The program behind `hotclub`. Layer 8; published by `src/cli.ts`.
 *
 * A command's module is loaded only when the command is used (or when help lists them all): what a migration needs
 * must not slow down the start of the server.
 */
import { Command } from 'commander'
import { loadEnv } from './env.ts'
import { formatError } from './print-error.ts'

type Register = (program: Command) => void

/** The modules that bring commands, and which ones. */
const groups: Array<{ commands: string[]; load: () => Promise<Register> }> = [
  { commands: ['dev'], load: async () => (await import('./dev.ts')).registerDevCommand },
  { commands: ['build'], load: async () => (await import('./build.ts')).registerBuildCommand },
  { commands: ['start'], load: async () => (await import('./start.ts')).registerStartCommand },
  {
    commands: ['generate', 'migrate', 'seed', 'inspect', 'dump', 'load'],
    load: async () => (await import('./data/commands.ts')).registerDataCommands,
  },
  {
    commands: ['createsuperuser', 'changepassword', 'sessions', 'add'],
    load: async () => (await import('./accounts/commands.ts')).registerAccountCommands,
  },
  { commands: ['check'], load: async () => (await import('./check/command.ts')).registerCheckCommand },
  { commands: ['routes'], load: async () => (await import('./routes.ts')).registerRoutesCommand },
]

/**
 * Runs one command in the current folder and ends the process with code 1 when it fails.
 *
 * @param args What stands after `hotclub` on the command line
 */
export async function main(args: string[]): Promise<void> {
  try {
    loadEnv(process.cwd())
    await (await createProgram(args[0])).parseAsync(args, { from: 'user' })
  } catch (error) {
    console.error(formatError(error))
    // Whatever the failed command left open (a server, a watcher) must not keep the process alive.
    process.exit(1)
  }
}

/** The whole program, or only the group of commands that `name` belongs to. */
export async function createProgram(name?: string): Promise<Command> {
  const program = new Command('hotclub')
    .description('A full-stack framework for TypeScript.')
    .showHelpAfterError('Run hotclub --help for all commands.')
  const group = groups.find(({ commands }) => name !== undefined && commands.includes(name))
  const registers = await Promise.all((group ? [group] : groups).map(({ load }) => load()))
  for (const register of registers) register(program)
  return program
}
