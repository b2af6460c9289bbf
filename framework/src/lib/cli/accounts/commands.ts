/** The commands for accounts. What a command needs is loaded when it runs. */
import type { Command } from 'commander'
import type { PasswordFlags } from './passwords.ts'
import type { SuperuserFlags } from './superuser.ts'

/** Adds the commands for accounts to the program. */
export function registerAccountCommands(program: Command): void {
  program
    .command('createsuperuser')
    .description('make an account that may do everything')
    .option('--email <address>', 'its address (or SUPERUSER_EMAIL)')
    .option('--name <name>', 'its name (or SUPERUSER_NAME)')
    .option('--accept-weak', 'a password that breaks the rules')
    .action(async (flags: SuperuserFlags) => await (await import('./superuser.ts')).createSuperuser(flags))

  program
    .command('changepassword')
    .description('give an account another password, and sign it out everywhere')
    .argument('[email]', 'its address')
    .option('--accept-weak', 'a password that breaks the rules')
    .action(async (email: string | undefined, flags: PasswordFlags) => await (await import('./superuser.ts')).changePassword(email, flags))

  program
    .command('sessions')
    .description('sessions of visitors and users')
    .command('clear')
    .description('remove those that have ended')
    .action(async () => await (await import('./sessions.ts')).clearSessions())

  program
    .command('add')
    .description('add a part of Hotclub to the project')
    .command('accounts')
    .description('write prisma/auth.prisma and app/auth.ts')
    .option('--force', 'over files that are there')
    .action(async (flags: { force?: boolean }) => await (await import('./add-accounts.ts')).addAccounts(process.cwd(), flags))
}
