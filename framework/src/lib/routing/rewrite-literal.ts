/** Keeps the id that a route file names in step with the file's place. */
import { parseSync, Visitor } from 'oxc-parser'

const typesWithId = new Set(['LoaderArgs', 'ActionArgs', 'ViewProps'])

/**
 * Puts the right id into every `LoaderArgs<'…'>`, `ActionArgs<'…'>` and `ViewProps<'…'>` and every `formAction('…', …)` of a route file,
 * as after a rename.
 *
 * @param source The text of the file
 * @param id The id it has now
 * @returns The same text where nothing was wrong or the file has a syntax error
 */
export function rewriteLiteral(source: string, id: string): string {
  const { errors, program } = parseSync('route.tsx', source)
  if (errors.some((error) => error.severity === 'Error')) return source
  const literals: Array<{ start: number; end: number }> = []
  new Visitor({
    TSTypeReference({ typeName, typeArguments }) {
      if (typeName.type !== 'Identifier' || !typesWithId.has(typeName.name)) return
      const argument = typeArguments?.params[0]
      if (argument?.type !== 'TSLiteralType' || argument.literal.type !== 'Literal') return
      if (typeof argument.literal.value === 'string' && argument.literal.value !== id) literals.push(argument.literal)
    },
    CallExpression({ callee, arguments: [first] }) {
      if (callee.type !== 'Identifier' || callee.name !== 'formAction' || first?.type !== 'Literal') return
      if (typeof first.value === 'string' && first.value !== id) literals.push(first)
    },
  }).visit(program)
  let text = source
  for (const { start, end } of literals.toSorted((a, b) => b.start - a.start)) {
    const mark = source[start]!
    text = `${text.slice(0, start)}${mark}${id.replaceAll('\\', '\\\\').replaceAll(mark, `\\${mark}`)}${mark}${text.slice(end)}`
  }
  return text
}
