/** Finds where a module reads environment values that a browser does not have. */
import { forEachChild, type Node, parseModule, positionAt } from './ast.ts'
import { freeNames } from './free-names.ts'

/** One read of a value that is not there in the browser. */
export interface EnvironmentRead {
  /** As written: `process.env.STRIPE_KEY`. */
  text: string
  line: number
}

/** What Vite itself puts into `import.meta.env`. */
const BUILT_IN = new Set(['BASE_URL', 'DEV', 'LEGACY', 'MODE', 'PROD', 'SSR', 'VITEST'])

/**
 * Lists reads of `process.env` and of values of `import.meta.env` that no browser has.
 *
 * What stands behind `import.meta.env.SSR` does not count: it never runs in a browser.
 *
 * @param isDefined Says whether the build replaces an expression (`process.env.NODE_ENV`) by its value
 * @param prefixes What the names of public variables begin with
 */
export function environmentReads(
  code: string,
  id: string,
  isDefined: (expression: string) => boolean,
  prefixes: string[],
): EnvironmentRead[] {
  const { program } = parseModule(code, id)
  const globals = new Set(
    freeNames(program)
      .references.filter(({ name }) => name === 'process')
      .map(({ node }) => node),
  )
  const reads: EnvironmentRead[] = []
  const report = (node: Node): void => {
    const { start, end } = node
    reads.push({ text: code.slice(start, end), line: positionAt(code, start).line })
  }

  const visit = (node: Node): void => {
    if ((node.type === 'ConditionalExpression' || node.type === 'IfStatement') && isServerTest(node.test)) {
      if (node.alternate) visit(node.alternate)
      return
    }
    if (node.type === 'LogicalExpression' && node.operator === '&&' && isServerTest(node.left)) return
    if (node.type === 'MemberExpression') {
      const name = propertyName(node)
      if (isProcessEnv(node.object, globals)) {
        if (name === undefined || !(isDefined(`process.env.${name}`) || name === 'NODE_ENV')) report(node)
        return
      }
      if (isProcessEnv(node, globals)) {
        if (!isDefined('process.env')) report(node)
        return
      }
      if (isMetaEnv(node.object) && name !== undefined) {
        if (!BUILT_IN.has(name) && !prefixes.some((prefix) => name.startsWith(prefix)) && !isDefined(`import.meta.env.${name}`))
          report(node)
        return
      }
    }
    forEachChild(node, visit)
  }
  visit(program)
  return reads
}

function isProcessEnv(node: Node, globals: Set<Node>): boolean {
  if (node.type !== 'MemberExpression' || propertyName(node) !== 'env') return false
  const { object } = node
  if (globals.has(object)) return true
  return (
    object.type === 'MemberExpression' &&
    propertyName(object) === 'process' &&
    object.object.type === 'Identifier' &&
    object.object.name === 'globalThis'
  )
}

function isMetaEnv(node: Node): boolean {
  return node.type === 'MemberExpression' && node.object.type === 'MetaProperty' && propertyName(node) === 'env'
}

function isServerTest(node: Node): boolean {
  return node.type === 'MemberExpression' && isMetaEnv(node.object) && propertyName(node) === 'SSR'
}

/** `b` of `a.b` and `a['b']`. */
function propertyName(node: Extract<Node, { type: 'MemberExpression' }>): string | undefined {
  const { property } = node
  if (!node.computed) return 'name' in property && typeof property.name === 'string' ? property.name : undefined
  return property.type === 'Literal' && typeof property.value === 'string' ? property.value : undefined
}
