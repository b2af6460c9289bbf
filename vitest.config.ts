import { availableParallelism } from 'node:os'
import { defaultServerConditions } from 'vite'
import { defineConfig, type TestProjectConfiguration } from 'vitest/config'
import { runningServers } from './scripts/lib/database-servers.ts'

// The framework's source runs unbuilt here, in the tests' own modules and in the processes they start.
const conditions = ['hotclub-source', ...defaultServerConditions]

/** Tests whose rows must mean the same on every kind of database. */
const onEveryDatabase = [
  'framework/src/lib/db/{client,values.property,changes,signals,signals.property}.test.ts',
  'framework/src/lib/forms/model-form.test.ts',
  'framework/src/lib/auth/{sync-permissions,throttle}.test.ts',
  'framework/src/lib/auth/oidc/identities.test.ts',
  'framework/src/lib/auth/passkeys/passkeys.test.ts',
  'framework/src/lib/auth/policies/*.test.ts',
  'framework/src/lib/session/sessions.test.ts',
  'framework/src/lib/accounts/*.test.ts',
  'framework/src/lib/server/permission.test.ts',
  'framework/src/lib/server/keep/database.test.ts',
  'framework/src/lib/admin/*.test.ts',
  'framework/test/account-attacks.test.ts',
]

const onServers = (await runningServers()).map((provider): TestProjectConfiguration => ({
  extends: true,
  test: { name: provider, include: onEveryDatabase, typecheck: { enabled: false }, env: { TEST_DATABASE: provider } },
}))

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    exclude: ['**/node_modules/**', '**/dist/**', '**/generated/**', '**/.cache/**'],
    execArgv: ['--conditions=hotclub-source'],
    // A build on a busy machine takes its time; a test that hangs still ends.
    testTimeout: 60_000,
    // Much of a test's time is waiting for a process or a database, so two cores have work for two.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'sqlite',
          include: ['{framework,app,admin,prisma,scripts,bench,docs}/**/*.test.{ts,tsx}'],
          typecheck: {
            enabled: true,
            checker: 'tsc',
            include: ['framework/**/*.test-d.{ts,tsx}'],
            tsconfig: 'framework/tsconfig.json',
            // `npm run check` reports those; here they would hide which promise of the types is broken.
            ignoreSourceErrors: true,
          },
        },
      },
      ...onServers,
    ],
  },
})
