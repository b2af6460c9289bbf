import { createRunnableDevEnvironment, defaultClientConditions, defaultServerConditions, type UserConfig } from 'vite'
import { CLIENT_ENTRY } from './assets.ts'
import { DECIMAL_MODULE } from './client-entry.ts'
import type { Project } from './project.ts'
import { fromSource } from './from-source.ts'
import { SERVER_ENTRY } from './server-entry.ts'

/** Where hashed files stand; the server answers for the whole folder above. */
const ASSETS = '_hotclub/assets'

/** Packages that go into the server bundle: the framework and its own, and zod, whose many files take 60 ms to load one by one. */
const BUNDLED = [
  'hotclub',
  'srvx',
  'devalue',
  'zod',
  '@fastify/busboy',
  'iron-session',
  'iron-webcrypto',
  'cookie',
  'rate-limiter-flexible',
]

/** In development Node imports packages by itself, which is quicker; only unbuilt sources have to go through Vite. */
const TRANSFORMED = fromSource ? ['hotclub'] : []

/**
 * The Vite configuration of an app: one environment for the browser, one for the server.
 *
 * @param files Absolute paths of root, layouts and pages; each becomes an entry of the browser's build
 * @param isBuild Whether it is for a build, and not for the dev server
 */
export function viteConfig(project: Project, files: string[], isBuild: boolean): UserConfig {
  const source = fromSource ? ['hotclub-source'] : []
  return {
    appType: 'custom',
    root: project.root,
    publicDir: 'public',
    envPrefix: 'PUBLIC_',
    builder: {},
    environments: {
      client: {
        resolve: { conditions: [...source, ...defaultClientConditions], dedupe: ['react', 'react-dom'] },
        optimizeDeps: {
          entries: files,
          // All of them from the start: one found later is bundled anew with React, and the first visit would meet two of it.
          include: [
            'react',
            'react-dom',
            'react-dom/client',
            'react/jsx-runtime',
            'react/jsx-dev-runtime',
            'zod',
            ...(project.dbModule ? [DECIMAL_MODULE] : []),
          ],
          exclude: ['hotclub'],
        },
        build: {
          outDir: project.clientDir,
          emptyOutDir: true,
          manifest: true,
          assetsDir: ASSETS,
          target: 'es2022',
          // With an older target, light-dark() would be rewritten to follow the system alone, whatever `color-scheme` says.
          cssTarget: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
          rolldownOptions: {
            input: { entry: CLIENT_ENTRY, ...Object.fromEntries(files.map((file, index) => [`m${index}`, file])) },
            preserveEntrySignatures: 'exports-only',
            output: {
              entryFileNames: `${ASSETS}/[name]-[hash].js`,
              chunkFileNames: `${ASSETS}/[name]-[hash].js`,
            },
          },
        },
      },
      ssr: {
        resolve: { conditions: [...source, ...defaultServerConditions], noExternal: isBuild ? BUNDLED : TRANSFORMED },
        dev: {
          // Node's own source maps would be parsed for every module at the start; these only for a stack that is read.
          createEnvironment: (name, config) =>
            createRunnableDevEnvironment(name, config, { runnerOptions: { sourcemapInterceptor: 'prepareStackTrace' } }),
        },
        build: {
          ssr: true,
          outDir: project.serverDir,
          emptyOutDir: true,
          copyPublicDir: false,
          // Fonts and pictures a view imports have the URLs of the browser's build.
          assetsDir: ASSETS,
          target: 'node22',
          minify: false,
          sourcemap: true,
          rolldownOptions: {
            input: { index: SERVER_ENTRY },
            output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
          },
        },
      },
    },
  }
}
