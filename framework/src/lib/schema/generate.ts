import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join, relative } from 'node:path'
import { HotclubError, isHotclubError } from '../core/hotclub-error.ts'
import { hasModel, readSchema, schemaError, type SchemaFiles } from '../core/schema-files.ts'
import { generatorVersion } from './metadata.ts'
import { copyDirectory, providerOf, writeSchemaCopy } from './schema-copy.ts'

export interface GenerateOptions {
  /** The project's folder. */
  root: string
  /** The kind of database to generate for: `sqlite`, `postgresql`, `mysql` (default: the schema's own). */
  provider?: string
  /** Also when nothing changed (default: `false`). */
  force?: boolean
}

export interface GenerateResult {
  /** False when the schema, Prisma and Hotclub are the same as the last time. */
  changed: boolean
  milliseconds: number
}

/** The text of `.hotclub/types/db.d.ts`. */
function registerTypes(schema: SchemaFiles): string {
  const hasUsers = hasModel(schema, 'User')
  const lines = [
    `// Written by \`hotclub generate\`: what the framework's types take from the schema. \`db\` is the app's own client.`,
    `import type {} from 'hotclub'`,
    `import type { AsUser } from 'hotclub/auth'`,
    `import type { DbExtras } from 'hotclub/db'`,
    `import type { PrismaClient${hasUsers ? ', User' : ''} } from '../../prisma/generated/client/client.ts'`,
    ...(hasUsers ? [`import type { PermissionName } from '../../prisma/generated/metadata.ts'`] : []),
    ``,
    `type Client = PrismaClient & DbExtras`,
    ``,
    `declare module 'hotclub' {`,
    `  interface Register {`,
    `    db: Client & AsUser<Client>`,
    ...(hasUsers ? [`    user: User`, `    permission: PermissionName`] : []),
    `  }`,
    `}`,
    ``,
  ]
  return lines.join('\n')
}

/**
 * Writes the Prisma client and the model metadata into `prisma/generated`, and what types take from them into `.hotclub/types`.
 *
 * The client is for one kind of database. Where that is not the schema's, Prisma gets a copy of the schema that says so.
 *
 * Takes about a second, or a few milliseconds when nothing has changed since the last time.
 *
 * @throws {HotclubError} `HC_SCHEMA` with Prisma's explanation when the schema is wrong
 */
export async function generate({ root, provider: wanted, force = false }: GenerateOptions): Promise<GenerateResult> {
  const start = performance.now()
  const schema = readSchema(root)
  const own = providerOf(schema.text)
  const provider = wanted ?? own
  const typesText = registerTypes(schema)
  const prisma = findPrisma(root)
  const generated = join(root, 'prisma', 'generated')
  const stampFile = join(generated, '.stamp')
  const types = join(root, '.hotclub', 'types', 'db.d.ts')
  const stamp = createHash('sha256')
    .update(
      [
        generatorVersion,
        prisma.version,
        provider,
        typesText,
        ...schema.files.flatMap((file) => [relative(root, file.path), file.content]),
      ].join('\0'),
    )
    .digest('hex')
  const isFresh = [stampFile, types, join(generated, 'metadata.ts'), join(generated, 'client', 'client.ts')].every(existsSync)
  const done = (changed: boolean): GenerateResult => ({ changed, milliseconds: Math.round(performance.now() - start) })
  if (!force && isFresh && readFileSync(stampFile, 'utf8') === stamp) return done(false)

  // Removed first: a run that fails or is stopped must not pass for a complete one.
  rmSync(stampFile, { force: true })
  if (provider === own) await runPrisma(root, prisma.cli, schema.path)
  else await runPrismaOnCopy(root, prisma.cli, schema, provider!)
  mkdirSync(dirname(types), { recursive: true })
  writeFileSync(types, typesText)
  writeFileSync(stampFile, stamp)
  return done(true)
}

function findPrisma(root: string): { cli: string; version: string } {
  const require = createRequire(join(root, 'package.json'))
  try {
    const manifest = require.resolve('prisma/package.json')
    const { version } = require(manifest) as { version: string }
    return { cli: join(dirname(manifest), 'build', 'index.js'), version }
  } catch (cause) {
    throw new HotclubError('HC_SCHEMA', {
      where: 'package.json',
      message: "The package 'prisma' is not installed.",
      hint: 'Run `npm install --save-dev prisma` (the version that hotclub names as its peer).',
      cause,
    })
  }
}

/** @throws {HotclubError} `HC_SCHEMA`, also for what this kind of database cannot have, at its place in the app's own schema */
async function runPrismaOnCopy(root: string, cli: string, schema: SchemaFiles, provider: string): Promise<void> {
  try {
    await runPrisma(root, cli, writeSchemaCopy(root, schema, provider))
  } catch (error) {
    if (!isHotclubError(error)) throw error
    throw new HotclubError('HC_SCHEMA', {
      where: error.where?.replace(copyDirectory, 'prisma') ?? 'prisma/schema.prisma',
      message: error.message,
      hint: `DATABASE_URL names a database of the kind '${provider}', so the schema is read with provider = "${provider}". Mend what it cannot have, or use another database.`,
      cause: error,
    })
  }
}

async function runPrisma(root: string, cli: string, schema: string): Promise<void> {
  const child = spawn(process.execPath, [cli, 'generate', '--no-hints', '--schema', schema], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      // Generators are found by name on the PATH, and must run on the Node that runs us.
      PATH: [join(root, 'node_modules', '.bin'), dirname(process.execPath), process.env.PATH].join(delimiter),
      // Generating needs no schema engine, but Prisma downloads it at start unless it is told of one.
      PRISMA_SCHEMA_ENGINE_BINARY: process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? process.execPath,
      CHECKPOINT_DISABLE: '1',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      NO_COLOR: '1',
    },
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code !== 0) throw schemaError(output, root)
}
