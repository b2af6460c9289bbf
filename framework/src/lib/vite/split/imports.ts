/** Finds the line on which one file imports another. */
import { readFile } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { parseSync } from 'vite'
import { fileOf, parseModule, positionAt } from './ast.ts'
import { freeNames } from './free-names.ts'
import { removeServerExports } from './remove-server-exports.ts'
import { isInPackage } from './server-only.ts'
import { CLIENT_EXPORTS } from './split-options.ts'

/** One import as written. */
export interface WrittenImport {
  specifier: string
  line: number
  /** The statement in one line. */
  text: string
}

/** Lists what a source imports at run time: imports, re-exports and `import('…')` with a plain text. */
function writtenImports(code: string, file: string): WrittenImport[] {
  const { module } = parseSync(file, code)
  const found: Array<{ start: number; end: number; specifier: string }> = []
  for (const { start, end, moduleRequest, entries } of module.staticImports)
    if (entries.length === 0 || entries.some(({ isType }) => !isType)) found.push({ start, end, specifier: moduleRequest.value })
  for (const { start, end, entries } of module.staticExports) {
    const specifier = entries.find(({ isType, moduleRequest }) => !isType && moduleRequest)?.moduleRequest?.value
    if (specifier !== undefined) found.push({ start, end, specifier })
  }
  for (const { start, end, moduleRequest } of module.dynamicImports) {
    const specifier = /^(['"`])(.*)\1$/s.exec(code.slice(moduleRequest.start, moduleRequest.end))?.[2]
    if (specifier !== undefined) found.push({ start, end, specifier })
  }
  return found
    .sort((a, b) => a.start - b.start)
    .map(({ start, end, specifier }) => ({
      specifier,
      line: positionAt(code, start).line,
      text: code.slice(start, end).replace(/\s+/g, ' ').replace(/;$/, ''),
    }))
}

/** Finds how `importer` imports `target` (a module id, or a specifier as written). `undefined` when it cannot be told. */
export async function findImport(importer: string, target: string): Promise<WrittenImport | undefined> {
  const file = fileOf(importer)
  const code = await readFile(file, 'utf8').catch(() => undefined)
  if (code === undefined) return undefined
  const imports = writtenImports(code, file)
  return imports.find(({ specifier }) => leadsTo(specifier, file, target)) ?? imports.find(({ specifier }) => sameName(specifier, target))
}

/** Where what is left of a route file uses what it imports from `specifier`. */
export async function usesInBrowser(routeFile: string, specifier: string): Promise<Array<{ name: string; line: number }>> {
  const source = await readFile(routeFile, 'utf8')
  const code = removeServerExports(source, { id: routeFile, keep: CLIENT_EXPORTS })?.code ?? source
  const { body } = parseModule(code, routeFile).program
  const names = new Set(
    body.flatMap((node) =>
      node.type === 'ImportDeclaration' && node.source.value === specifier ? node.specifiers.map(({ local }) => local.name) : [],
    ),
  )
  return body
    .filter(({ type }) => type !== 'ImportDeclaration')
    .flatMap((node) => freeNames(node).references)
    .filter(({ name }) => names.has(name))
    .map(({ name, node }) => ({ name, line: positionAt(code, node.start).line }))
}

function leadsTo(specifier: string, importer: string, target: string): boolean {
  if (specifier === target) return true
  const file = fileOf(target)
  if (isInPackage(file)) return file.includes(`/node_modules/${specifier}/`)
  if (!/^\.{0,2}\//.test(specifier)) return false
  const path = resolve(dirname(importer), fileOf(specifier))
  return [path, `${path}/index`].some(
    (base) => file === base || withoutExtension(file) === withoutExtension(base) || withoutExtension(file) === base,
  )
}

/** An alias (`#lib/db.server`) tells at least the file's name. */
function sameName(specifier: string, target: string): boolean {
  return withoutExtension(basename(fileOf(specifier))) === withoutExtension(basename(fileOf(target)))
}

function withoutExtension(path: string): string {
  return path.replace(/\.[cm]?[jt]sx?$/, '')
}
