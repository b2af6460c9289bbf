/**
 * Which names a piece of code takes from outside itself: the scope analysis behind the split.
 *
 * Names in type positions do not count, because types are gone before the code runs.
 */
import type { ESTree } from 'vite'
import { forEachChild, type Node } from './ast.ts'

/** What a piece of code uses from outside. */
export interface FreeNames {
  /** Every name read or written as a value. */
  names: Set<string>
  /**
   * Names whose value is changed while the module loads: assigned to, a property of it assigned to, or a method of it called
   * outside of any function.
   */
  mutated: Set<string>
  /** The identifiers themselves, by name. */
  references: Reference[]
}

export interface Reference {
  name: string
  node: Node
}

interface Scope {
  parent: Scope | undefined
  /** Where `var` lands. */
  holdsVar: boolean
  names: Set<string>
}

interface Seen extends Reference {
  scope: Scope
  mutates: boolean
}

/**
 * Finds the names that `roots` use without declaring them.
 *
 * Names declared at the top of `roots` count as declared, so give one statement at a time to learn what it needs from its module.
 */
export function freeNames(...roots: Node[]): FreeNames {
  const walker = new Walker()
  for (const root of roots) walker.walk(root)
  return walker.result()
}

/** The names that a binding pattern declares. */
export function namesIn(pattern: Node): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name]
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) => namesIn(property.type === 'RestElement' ? property.argument : property.value))
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? namesIn(element) : []))
    case 'AssignmentPattern':
      return namesIn(pattern.left)
    case 'RestElement':
      return namesIn(pattern.argument)
    case 'TSParameterProperty':
      return namesIn(pattern.parameter)
    default:
      return []
  }
}

class Walker {
  #seen: Seen[] = []
  #scope: Scope = { parent: undefined, holdsVar: true, names: new Set() }
  /** How many functions deep, not counting those called on the spot: what is deeper does not run while the module loads. */
  #depth = 0

  result(): FreeNames {
    const result: FreeNames = { names: new Set(), mutated: new Set(), references: [] }
    for (const { name, node, scope, mutates } of this.#seen) {
      if (isDeclared(name, scope)) continue
      if (mutates) result.mutated.add(name)
      else result.references.push({ name, node })
      result.names.add(name)
    }
    return result
  }

  walk(node: Node): void {
    switch (node.type) {
      case 'Identifier':
      case 'JSXIdentifier':
        this.#refer(node.name, node)
        return
      case 'MemberExpression':
        this.walk(node.object)
        if (node.computed) this.walk(node.property)
        return
      case 'Property':
        if (node.computed) this.walk(node.key)
        this.walk(node.value)
        return
      case 'MethodDefinition':
      case 'PropertyDefinition':
      case 'AccessorProperty':
        node.decorators.forEach((decorator) => this.walk(decorator))
        if (node.computed) this.walk(node.key)
        // A static property runs with the class, but what it changes belongs to the class, not to the module.
        if (node.value) this.#deeper(() => this.walk(node.value as Node))
        return
      case 'FunctionDeclaration':
        if (node.id) this.#declare(node.id.name)
        if (!node.declare) this.#function(node)
        return
      case 'FunctionExpression':
        this.#within(false, () => {
          if (node.id) this.#declare(node.id.name)
          this.#function(node)
        })
        return
      case 'ArrowFunctionExpression':
        this.#function(node)
        return
      case 'ClassDeclaration':
      case 'ClassExpression':
        this.#class(node)
        return
      case 'VariableDeclaration':
        for (const { id, init } of node.declarations) {
          this.#pattern(id, node.kind === 'var')
          if (init && !node.declare) this.walk(init)
        }
        return
      case 'BlockStatement':
      case 'ForStatement':
      case 'SwitchStatement':
        this.#within(false, () => forEachChild(node, (child) => this.walk(child)))
        return
      case 'ForInStatement':
      case 'ForOfStatement':
        if (node.left.type !== 'VariableDeclaration') this.#mutate(node.left)
        this.#within(false, () => forEachChild(node, (child) => this.walk(child)))
        return
      case 'StaticBlock':
        this.#within(true, () => forEachChild(node, (child) => this.walk(child)))
        return
      case 'CatchClause':
        this.#within(false, () => {
          if (node.param) this.#pattern(node.param, false)
          this.walk(node.body)
        })
        return
      case 'LabeledStatement':
        this.walk(node.body)
        return
      case 'BreakStatement':
      case 'ContinueStatement':
      case 'MetaProperty':
        return
      case 'AssignmentExpression':
        this.#mutate(node.left)
        this.walk(node.left)
        this.walk(node.right)
        return
      case 'UpdateExpression':
        this.#mutate(node.argument)
        this.walk(node.argument)
        return
      case 'UnaryExpression':
        if (node.operator === 'delete') this.#mutate(node.argument)
        this.walk(node.argument)
        return
      case 'CallExpression':
        this.#call(node)
        return
      case 'JSXOpeningElement':
        this.#jsxName(node.name)
        node.attributes.forEach((attribute) => this.walk(attribute))
        return
      case 'JSXAttribute':
        if (node.value) this.walk(node.value)
        return
      case 'JSXClosingElement':
        return
      case 'ExportSpecifier':
        this.walk(node.local)
        return
      default:
        this.#other(node)
    }
  }

  /** Types are skipped; of TypeScript's own syntax only what is left at run time is read. */
  #other(node: Node): void {
    switch (node.type) {
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
      case 'TSTypeAssertion':
      case 'TSInstantiationExpression':
      case 'TSExportAssignment':
        this.walk(node.expression)
        return
      case 'TSDeclareFunction':
        if (node.id) this.#declare(node.id.name)
        return
      case 'TSEnumDeclaration':
        this.#declare(node.id.name)
        if (node.declare) return
        this.#within(false, () => {
          for (const { id } of node.body.members) if (id.type === 'Identifier') this.#declare(id.name)
          for (const { initializer } of node.body.members) if (initializer) this.walk(initializer)
        })
        return
      case 'TSModuleDeclaration':
        if (node.declare || node.id.type === 'Literal') return
        if (node.id.type === 'Identifier') this.#declare(node.id.name)
        if (node.body) {
          const { body } = node
          this.#within(true, () => forEachChild(body, (child) => this.walk(child)))
        }
        return
      case 'TSImportEqualsDeclaration':
        this.#declare(node.id.name)
        if (node.importKind !== 'type') this.#qualified(node.moduleReference)
        return
      default:
        if (!node.type.startsWith('TS')) forEachChild(node, (child) => this.walk(child))
    }
  }

  #qualified(node: Node): void {
    if (node.type === 'Identifier') this.#refer(node.name, node)
    else if (node.type === 'TSQualifiedName') this.#qualified(node.left)
  }

  #function(node: ESTree.Function | ESTree.ArrowFunctionExpression): void {
    this.#deeper(() =>
      this.#within(true, () => {
        for (const parameter of node.params) this.#pattern(parameter, false)
        // The body has a scope of its own: a default value cannot see the body's variables.
        this.#within(true, () => {
          if (node.body) forEachBodyPart(node.body, (part) => this.walk(part))
        })
      }),
    )
  }

  #class(node: ESTree.Class): void {
    if (node.type === 'ClassDeclaration' && node.id) this.#declare(node.id.name)
    if (node.declare) return
    node.decorators.forEach((decorator) => this.walk(decorator))
    this.#within(false, () => {
      if (node.id) this.#declare(node.id.name)
      if (node.superClass) this.walk(node.superClass)
      this.walk(node.body)
    })
  }

  #call(node: ESTree.CallExpression): void {
    const callee = unwrapped(node.callee)
    if (callee.type === 'MemberExpression') {
      this.#mutate(callee.object)
      const owner = unwrapped(callee.object)
      const first = node.arguments[0]
      // Object.assign(view, …), Object.defineProperty(view, …), Reflect.set(view, …)
      if (owner.type === 'Identifier' && (owner.name === 'Object' || owner.name === 'Reflect') && first) this.#mutate(first)
    }
    if (callee.type === 'ArrowFunctionExpression' || callee.type === 'FunctionExpression') {
      this.#depth--
      this.walk(callee)
      this.#depth++
    } else this.walk(node.callee)
    for (const argument of node.arguments) this.walk(argument)
  }

  #jsxName(node: Node): void {
    if (node.type === 'JSXMemberExpression') this.#jsxRoot(node.object)
    // React reads a lower-case name as an element of HTML.
    else if (node.type === 'JSXIdentifier' && !/^[a-z]|-/.test(node.name)) this.#refer(node.name, node)
  }

  #jsxRoot(node: Node): void {
    if (node.type === 'JSXMemberExpression') this.#jsxRoot(node.object)
    else if (node.type === 'JSXIdentifier' && node.name !== 'this') this.#refer(node.name, node)
  }

  /** Declares what a pattern names and walks its default values and computed keys. */
  #pattern(pattern: Node, isVar: boolean): void {
    switch (pattern.type) {
      case 'Identifier':
        this.#declare(pattern.name, isVar)
        return
      case 'ObjectPattern':
        for (const property of pattern.properties) {
          if (property.type === 'RestElement') this.#pattern(property.argument, isVar)
          else {
            if (property.computed) this.walk(property.key)
            this.#pattern(property.value, isVar)
          }
        }
        return
      case 'ArrayPattern':
        for (const element of pattern.elements) if (element) this.#pattern(element, isVar)
        return
      case 'AssignmentPattern':
        this.#pattern(pattern.left, isVar)
        this.walk(pattern.right)
        return
      case 'RestElement':
        this.#pattern(pattern.argument, isVar)
        return
      case 'TSParameterProperty':
        pattern.decorators.forEach((decorator) => this.walk(decorator))
        this.#pattern(pattern.parameter, isVar)
        return
      default:
        this.walk(pattern)
    }
  }

  /** Notes that the value behind an expression is changed. */
  #mutate(target: Node): void {
    if (this.#depth > 0) return
    const node = unwrapped(target)
    switch (node.type) {
      case 'Identifier':
        this.#seen.push({ name: node.name, node, scope: this.#scope, mutates: true })
        return
      case 'MemberExpression':
        this.#mutate(node.object)
        return
      case 'CallExpression':
        if (unwrapped(node.callee).type === 'MemberExpression') this.#mutate(node.callee)
        return
      case 'ObjectPattern':
        for (const property of node.properties) this.#mutate(property.type === 'RestElement' ? property.argument : property.value)
        return
      case 'ArrayPattern':
        for (const element of node.elements) if (element) this.#mutate(element)
        return
      case 'AssignmentPattern':
        this.#mutate(node.left)
        return
      case 'RestElement':
        this.#mutate(node.argument)
        return
      default:
        return
    }
  }

  #refer(name: string, node: Node): void {
    this.#seen.push({ name, node, scope: this.#scope, mutates: false })
  }

  #declare(name: string, isVar = false): void {
    let scope = this.#scope
    while (isVar && !scope.holdsVar && scope.parent) scope = scope.parent
    scope.names.add(name)
  }

  #within(holdsVar: boolean, run: () => void): void {
    const outer = this.#scope
    this.#scope = { parent: outer, holdsVar, names: new Set() }
    run()
    this.#scope = outer
  }

  #deeper(run: () => void): void {
    this.#depth++
    run()
    this.#depth--
  }
}

function isDeclared(name: string, from: Scope): boolean {
  for (let scope: Scope | undefined = from; scope; scope = scope.parent) if (scope.names.has(name)) return true
  return false
}

/** The statements of a function's body, or the expression of an arrow. */
function forEachBodyPart(body: Node, visit: (part: Node) => void): void {
  if (body.type === 'BlockStatement') forEachChild(body, visit)
  else visit(body)
}

/** An expression without the parentheses, type assertions and `?.` wrappers around it. */
function unwrapped(node: Node): Node {
  switch (node.type) {
    case 'ParenthesizedExpression':
    case 'ChainExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
      return unwrapped(node.expression)
    default:
      return node
  }
}
