/** Random route modules for the tests of the split, together with what must and must not be left of them. */
import fc from 'fast-check'

export interface GeneratedModule {
  code: string
  /** Markers that only server exports, or nothing at all, lead to. */
  hidden: string[]
  /** What calling the default export gives. */
  result: string
}

type Kind = 'function' | 'arrow' | 'named' | 'object' | 'array' | 'class' | 'pair' | 'shadow'

interface Declaration {
  kind: Kind
  /** Declarations it calls, all of lower number. */
  calls: number[]
  /** An unrelated declaration whose name it uses for a local variable. */
  shadows: number
}

/** Modules of up to 14 declarations that call each other, some used by the view, some by the loader, some by both or neither. */
export const generatedModule: fc.Arbitrary<GeneratedModule> = fc
  .array(
    fc.record({
      kind: fc.constantFrom<Kind>('function', 'arrow', 'named', 'object', 'array', 'class', 'pair', 'shadow'),
      calls: fc.array(fc.nat(), { maxLength: 3 }),
      shadows: fc.nat(),
      order: fc.nat(),
      exported: fc.boolean(),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .chain((drafts) => {
    const declarations = drafts.map(({ kind, calls, shadows }, index): Declaration => ({
      kind,
      calls: index === 0 ? [] : [...new Set(calls.map((call) => call % index))],
      shadows: shadows % drafts.length,
    }))
    const some = fc.subarray(declarations.map((_, index) => index))
    return fc.record({ view: some, loader: some, action: some, titled: some }).map((uses): GeneratedModule => {
      const order = drafts.map((draft, index) => ({ ...draft, index })).sort((a, b) => a.order - b.order || a.index - b.index)
      const call = (indexes: number[]): string => ["''", ...indexes.map((index) => `d${index}()`)].join(' + ')
      const code = [
        `export const loader = () => 'LOADER' + ${call(uses.loader)}`,
        ...order.map(({ index, exported }) => `${exported ? 'export ' : ''}${declare(index, declarations[index]!, call)}`),
        ...uses.titled.map((index) => `d${index}.title = 'T${index}!'`),
        `export async function action() { return 'ACTION' + ${call(uses.action)} }`,
        `export default function View() { return ${call(uses.view)} + [${uses.view.map((index) => `d${index}.title`).join()}] }`,
      ].join('\n')

      const live = reach(uses.view, declarations)
      const server = reach(
        [...uses.loader, ...uses.action, ...order.flatMap(({ exported, index }) => (exported ? index : []))],
        declarations,
      )
      const hidden = ['LOADER', 'ACTION']
      for (const index of declarations.keys()) {
        if (live.has(index)) continue
        if (server.has(index)) hidden.push(`M${index}!`, `T${index}!`)
        else if (!uses.titled.some((titled) => reach([titled], declarations).has(index))) hidden.push(`M${index}!`)
      }
      const value = (index: number): string => `M${index}!${declarations[index]!.calls.map(value).join('')}`
      const titles = uses.view.map((index) => (uses.titled.includes(index) ? `T${index}!` : ''))
      return { code, hidden, result: uses.view.map(value).join('') + titles.join(',') }
    })
  })

function declare(index: number, { kind, calls, shadows }: Declaration, call: (indexes: number[]) => string): string {
  const name = `d${index}`
  const value = `'M${index}!' + ${call(calls)}`
  const local = calls.includes(shadows) || shadows === index ? 'local' : `d${shadows}`
  switch (kind) {
    case 'function':
      return `function ${name}(${local}?: string) { return ${value} }`
    case 'arrow':
      return `const ${name}: any = (${local} = '') => { for (const ${local} of [1]) void ${local}; return ${value} }`
    case 'named':
      return `let ${name}: any = function ${local}() { return ${value} }`
    case 'object':
      return `const { ${name}, ...rest${index} }: any = { ${name}: () => ${value}, other: 1 }`
    case 'array':
      return `var [, ${name} = null as any]: any[] = [0, () => ${value}]`
    case 'class':
      return `const ${name}: any = () => new (class ${local} { value = ${value}; ${local} = 1 })().value`
    case 'pair':
      return `const before${index} = 1, ${name}: any = () => ${value}, after${index} = 2`
    case 'shadow':
      return `const ${name}: any = () => { try { throw '' } catch (${local}) { return ${value} + (({ ${local} }) => ${local})({ ${local}: '' }) } }`
  }
}

function reach(from: number[], declarations: Declaration[]): Set<number> {
  const reached = new Set<number>()
  const visit = (index: number): void => {
    if (reached.has(index)) return
    reached.add(index)
    declarations[index]!.calls.forEach(visit)
  }
  from.forEach(visit)
  return reached
}
