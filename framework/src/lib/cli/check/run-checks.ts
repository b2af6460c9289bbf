/** Gathers what the rules need from a project, and what is wrong by itself. */
import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { isHotclubError } from '../../core/hotclub-error.ts'
import { routeSecuritySchema, type RouteSecurity } from '../../core/security.ts'
import type { Settings } from '../../core/settings.ts'
import { parseDatabaseUrl } from '../../db/database-url.ts'
import { createProxyTrust } from '../../http/trusted-proxy.ts'
import { scanRoutes } from '../../routing/scan.ts'
import { batteries } from '../../vite/batteries.ts'
import type { Project } from '../../vite/project.ts'
import { moduleFiles } from '../../vite/server-entry.ts'
import { deployFindings } from './deploy-rules.ts'
import type { Finding } from './finding.ts'
import { loadApp, type LoadedApp } from './load-app.ts'
import { checks } from './registry.ts'

/** What came of a run. */
export interface CheckResult {
  /** Errors first. */
  findings: Finding[]
  /** Findings that the app has chosen not to hear of. */
  silenced: number
}

/**
 * Runs every check on a project.
 *
 * @param deploy Whether what matters only in production is looked at too
 */
export async function runChecks(project: Project, deploy: boolean): Promise<CheckResult> {
  const app = await loadApp(project)
  try {
    const findings: Finding[] = []
    const settings = await checkSettings(app, findings)
    const routes = await checkRoutes(project, app, findings)
    await checkMigrations(project, deploy, findings)
    if (settings) checkProxies(settings, findings)
    if (settings && deploy) {
      const { NODE_ENV, SMTP_URL } = process.env
      const hasAccounts = existsSync(join(project.app, 'auth.ts'))
      findings.push(...deployFindings({ settings, environment: { NODE_ENV, SMTP_URL }, hasAccounts, routes }))
      checkFiles(project, findings)
    }
    return sift(findings, settings?.checks.silence ?? [])
  } finally {
    await app.close()
  }
}

async function checkSettings(app: LoadedApp, findings: Finding[]): Promise<Settings | undefined> {
  try {
    return await app.settings()
  } catch (error) {
    findings.push({ id: 'settings.invalid', level: 'error', place: 'app/settings.ts', ...explain(error, 'Mend the settings.') })
    return undefined
  }
}

async function checkRoutes(
  project: Project,
  app: LoadedApp,
  findings: Finding[],
): Promise<Array<{ file: string; security: RouteSecurity }>> {
  const { routes, mounts, problems } = await scanRoutes(project.app, batteries)
  for (const problem of problems)
    findings.push({ id: 'routes.invalid', level: 'error', place: problem.where ?? 'app/routes', ...explain(problem, '') })
  const found: Array<{ file: string; security: RouteSecurity }> = []
  // What Hotclub brings is not the app's to mend.
  const files = problems.length > 0 ? [] : moduleFiles(routes).filter((file) => !(file in mounts))
  for (const file of files) {
    try {
      const { security } = await app.module(file)
      if (security === undefined) continue
      const result = routeSecuritySchema.safeParse(security)
      if (result.success) found.push({ file, security: result.data })
      else
        findings.push({
          id: 'routes.security',
          level: 'error',
          place: `app/${file}`,
          message: result.error.issues.map(({ path, message }) => `${['security', ...path].join('.')}: ${message}`).join('; '),
          hint: 'Write it as in the settings, under `security`.',
        })
    } catch (error) {
      findings.push({ id: 'routes.load', level: 'error', place: `app/${file}`, ...explain(error, 'Mend the file.') })
    }
  }
  return found
}

function checkProxies({ trustedProxies }: Settings, findings: Finding[]): void {
  try {
    createProxyTrust(trustedProxies)
  } catch (error) {
    const place = 'app/settings.ts: trustedProxies'
    findings.push({ id: 'proxies.invalid', level: 'error', place, ...explain(error, 'Name addresses and networks.') })
  }
}

async function checkMigrations(project: Project, deploy: boolean, findings: Finding[]): Promise<void> {
  if (project.dbModule === undefined) return
  const { missingMigration, migrationStatus } = await import('../../db/migrate.ts')
  const place = 'prisma/migrations'
  try {
    if (await missingMigration({ root: project.root, url: process.env['DATABASE_URL'] }))
      findings.push({
        id: 'migrations.missing',
        level: 'error',
        place,
        message: 'The schema has changes for which there is no migration.',
        hint: 'Run hotclub migrate create.',
      })
  } catch (error) {
    findings.push({ id: 'migrations.missing', level: 'error', place, ...explain(error, 'Mend the schema.') })
  }
  if (!deploy) return
  const url = process.env['DATABASE_URL']
  try {
    const target = parseDatabaseUrl(url, project.root)
    const path = target.provider === 'sqlite' && target.file !== ':memory:' ? relative(project.root, target.file) : '..'
    if (!path.startsWith('..'))
      findings.push({
        id: 'deploy.database.place',
        level: 'warning',
        place: 'DATABASE_URL',
        message: `The database lies inside the project: ${path}.`,
        hint: 'Use an absolute path outside of it: DATABASE_URL=file:/data/app.db.',
      })
    const { pending, edited, missing, failed } = await migrationStatus({ root: project.root, url })
    const wrong = [...pending, ...edited, ...missing, ...failed.map(({ name }) => name)]
    if (wrong.length > 0)
      findings.push({
        id: 'deploy.migrations',
        level: 'error',
        place,
        message: `Folder and database do not agree about ${wrong.join(', ')}.`,
        hint: 'See hotclub migrate status; hotclub migrate apply runs those that wait.',
      })
  } catch (error) {
    findings.push({ id: 'deploy.database', level: 'error', place: 'DATABASE_URL', ...explain(error, 'Set it.') })
  }
}

function checkFiles(project: Project, findings: Finding[]): void {
  if (existsSync(join(project.serverDir, 'index.js'))) return
  findings.push({
    id: 'deploy.build',
    level: 'info',
    place: 'dist',
    message: 'There is no build to start here.',
    hint: 'Run hotclub build, here or where you deploy from.',
  })
}

function explain(error: unknown, hint: string): Pick<Finding, 'message' | 'hint'> {
  const message = error instanceof Error ? error.message : String(error)
  return { message, hint: (isHotclubError(error) ? error.hint : undefined) ?? hint }
}

const order = { error: 0, warning: 1, info: 2 }

function sift(findings: Finding[], silence: readonly string[]): CheckResult {
  for (const id of silence)
    if (!Object.hasOwn(checks, id))
      findings.push({
        id: 'settings.silence',
        level: 'warning',
        place: 'app/settings.ts: checks.silence',
        message: `There is no check '${id}'.`,
        hint: 'docs/reference/checks.md lists them all.',
      })
  const heard = findings.filter(({ id }) => !silence.includes(id))
  return { findings: heard.toSorted((a, b) => order[a.level] - order[b.level]), silenced: findings.length - heard.length }
}
