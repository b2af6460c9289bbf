/** What belongs to the server: by the name it is imported with, or by the file it is. */
import { isBuiltin } from 'node:module'
import { fileOf } from './ast.ts'

/** Entries of the framework that need Node. All others work in the browser too. */
const SERVER_ENTRIES = new Set([
  'auth',
  'cache',
  'cli',
  'db',
  'mail',
  'middleware',
  'server',
  'session',
  'signals',
  'storage',
  'tasks',
  'testing',
  'vite',
])

/** Packages that a browser cannot run and that lead to the database. Prisma's own browser builds are not among them. */
const SERVER_PACKAGES = /^(?:@prisma\/(?:client(?!\/runtime\/index-browser)|adapter-[^/]+)|prisma|better-sqlite3|pg|mariadb)(?:\/|$)/

/** `db.server.ts`, `mail.server.tsx`, or as written in an import, `./db.server`. */
const SERVER_FILE = /\.server(?:\.[cm]?[jt]sx?)?$/

/** Files of the app that only the server runs: they hold the environment, and who may see what. */
const SERVER_APP_FILES: ReadonlyArray<readonly [RegExp, string]> = [
  [/^app\/settings\.ts$/, 'the settings'],
  [/^app\/middleware\.ts$/, 'the middleware'],
  [/^app\/auth\.ts$/, 'the set-up of accounts'],
  [/^app\/policies\//, 'a policy'],
  [/^app\/signals\//, 'a receiver of signals'],
]

/** Imports that most likely lead to one of them. */
const SERVER_APP_NAME = /(?:^|\/)(?:settings|middleware)(?:\.[jt]s)?$/

/** Imports that may as well lead somewhere else: many a module is called auth. */
const COMMON_APP_NAME = /(?:^|\/)(?:auth|policies\/[^/]+|signals\/[^/]+)(?:\.[jt]s)?$/

/** Parts of the generated Prisma client made for browsers. */
const BROWSER_SAFE_GENERATED = /\/(?:browser|enums|[^/]*Browser)\.[cm]?[jt]s$/

/** Says what a bare import is, when it is the server's (`a Node module`); `undefined` otherwise. */
export function serverSpecifier(source: string): string | undefined {
  const name = fileOf(source)
  if (isBuiltin(name)) return 'a Node module'
  const entry = /^hotclub\/([^/]+)/.exec(name)?.[1]
  if (entry !== undefined && SERVER_ENTRIES.has(entry)) return 'a server entry of Hotclub'
  return SERVER_PACKAGES.test(name) ? 'a database package' : undefined
}

/** Whether an import looks as if it led to a file of the server; what it resolves to decides. */
export function mayBeServerFile(source: string): boolean {
  const name = fileOf(source)
  return SERVER_FILE.test(name) || SERVER_APP_NAME.test(name) || source.includes('prisma/generated/')
}

/** Whether what an import resolves to has to be looked at, since its name alone says too little. */
export function needsLook(source: string): boolean {
  return mayBeServerFile(source) || COMMON_APP_NAME.test(fileOf(source))
}

/** Says what a file is, when it is the server's (`a server-only file`); `undefined` otherwise. Packages name their files as they like. */
export function serverFile(id: string, root: string): string | undefined {
  const file = fileOf(id)
  if (isInPackage(file)) return undefined
  if (SERVER_FILE.test(file)) return 'a server-only file'
  const path = file.startsWith(`${root}/`) ? file.slice(root.length + 1) : ''
  const own = SERVER_APP_FILES.find(([pattern]) => pattern.test(path))
  if (own) return own[1]
  return file.startsWith(`${root}/prisma/generated/`) && !BROWSER_SAFE_GENERATED.test(file) ? 'the Prisma client' : undefined
}

/** Whether a file is an installed package's. */
export function isInPackage(id: string): boolean {
  return id.includes('/node_modules/')
}
