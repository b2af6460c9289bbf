import { defaultServerConditions } from 'vite'
import { defineConfig } from 'vitest/config'

// The framework's source runs unbuilt here, in the tests' own modules and in the processes they start.
const conditions = ['hotclub-source', ...defaultServerConditions]

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['{framework,app,admin,prisma,scripts,bench,docs}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/generated/**', '**/.cache/**'],
    execArgv: ['--conditions=hotclub-source'],
    // A build on a busy machine takes its time; a test that hangs still ends.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    typecheck: {
      enabled: true,
      checker: 'tsc',
      include: ['framework/**/*.test-d.{ts,tsx}'],
      tsconfig: 'framework/tsconfig.json',
      // `npm run check` reports those; here they would hide which promise of the types is broken.
      ignoreSourceErrors: true,
    },
  },
})
