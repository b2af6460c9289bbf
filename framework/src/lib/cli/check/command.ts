import type { Command } from 'commander'
import colors from 'picocolors'
import { HotclubError } from '../../core/hotclub-error.ts'
import type { CheckLevel, Finding } from './finding.ts'
import type { CheckResult } from './run-checks.ts'

interface Flags {
  deploy?: boolean
  json?: boolean
  failOn: string
}

/** Adds `hotclub check`. */
export function registerCheckCommand(program: Command): void {
  program
    .command('check')
    .description('Looks for mistakes in settings, routes and migrations; exit code 1 on errors.')
    .option('--deploy', 'also what has to be right in production')
    .option('--json', 'for other programs')
    .option('--fail-on <level>', 'the least level that gives exit code 1: error, warning or info', 'error')
    .action(async ({ deploy = false, json = false, failOn }: Flags) => {
      const failing = levelsFrom(failOn)
      const [{ runChecks }, { projectAt }] = await Promise.all([import('./run-checks.ts'), import('../../vite/project.ts')])
      const result = await runChecks(projectAt(process.cwd()), deploy)
      console.log(json ? JSON.stringify(result.findings, null, 2) : formatFindings(result))
      // A module of the app may have left something open.
      process.exit(result.findings.some(({ level }) => failing.includes(level)) ? 1 : 0)
    })
}

const levels: CheckLevel[] = ['info', 'warning', 'error']

function levelsFrom(text: string): CheckLevel[] {
  const index = levels.findIndex((level) => level === text)
  if (index !== -1) return levels.slice(index)
  throw new HotclubError('HC_ANSWER', {
    where: '--fail-on',
    message: `'${text}' is no level.`,
    hint: `Use one of ${levels.toReversed().join(', ')}.`,
  })
}

/** The findings for people, and how many there are. */
export function formatFindings({ findings, silenced }: CheckResult): string {
  const count = (level: CheckLevel): number => findings.filter((finding) => finding.level === level).length
  const summary = `${count('error')} errors, ${count('warning')} warnings, ${count('info')} infos${silenced > 0 ? `, ${silenced} silenced` : ''}.`
  if (findings.length === 0) return `${colors.green('✓')} Nothing to mend${silenced > 0 ? ` (${silenced} silenced)` : ''}.`
  return [...findings.map(formatFinding), summary].join('\n\n')
}

function formatFinding({ id, level, message, hint, place }: Finding): string {
  const paint = { error: colors.red, warning: colors.yellow, info: colors.cyan }[level]
  return `${paint(level.toUpperCase())}  ${id}  ${colors.dim(place)}\n  ${message}\n  Hint: ${hint}`
}
