import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createProgram } from '../../framework/src/lib/cli/main.ts'
import { root } from '../lib/run.ts'

type Command = Awaited<ReturnType<typeof createProgram>>

const [, ...sections] = readFileSync(join(root, 'docs/reference/cli.md'), 'utf8').split(/^## /m)

/** By command, as its heading says it: the flags of the table's first column. */
const documented = Object.fromEntries(
  sections.map((section) => {
    const [heading = '', ...lines] = section.split('\n')
    const cells = lines.filter((line) => line.startsWith('| `-')).map((line) => line.split(' | ', 1)[0]!)
    return [heading, cells.map((cell) => cell.slice(2).replaceAll('`', ''))]
  }),
)

/** The commands that can be run, by the same names. */
function commandsOf(command: Command, path: string): Array<[string, string[]]> {
  const name = `${path}${command.name()}`
  if (command.commands.length > 0) return command.commands.flatMap((inner) => commandsOf(inner, `${name} `))
  const words = command.registeredArguments.map((word) => ` [${word.name()}${word.variadic ? '...' : ''}]`)
  return [[name + words.join(''), command.options.map((option) => option.flags)]]
}

describe('docs/reference/cli.md', () => {
  it('has every command with every flag, and none besides', async () => {
    expect(documented).toEqual(Object.fromEntries(commandsOf(await createProgram(), '')))
  })
})
