/**
 * Lint rule `hotclub/layers`: imports go downwards through the areas of `framework/src/lib`, and the parts of the repository
 * (framework, app, admin, e2e) see of each other only what they may. The table is the one of the architecture page.
 */
import { dirname, relative, resolve, sep } from 'node:path'

/** Areas from the bottom up; those of one row are neighbours, which do not import each other. */
const layers = [
  ['core'],
  ['http', 'schema'],
  ['db', 'signals', 'cache', 'storage'],
  ['session', 'routing'],
  ['view'],
  ['middleware', 'forms', 'mail'],
  ['auth'],
  ['accounts', 'admin', 'api', 'tasks'],
  ['render', 'client'],
  ['server'],
  ['vite', 'testing'],
  ['cli'],
]
const layerOf = new Map(layers.flatMap((areas, layer) => areas.map((area) => [area, layer])))

/** What an app may never name: it lives on the framework's public entries alone. */
const hiddenFromApps = /^(?:hotclub\/(?:src|dist|framework)(?:\/|$)|@prisma\/|srvx|vite(?:\/|$)|\.hotclub)/

/**
 * Says what is wrong with an import, and where the code should go instead.
 *
 * @param {string} file The importing file, relative to the repository, with `/`
 * @param {string} specifier What it imports, as written
 * @returns {string | undefined} `undefined` when the import is fine
 */
export function complaint(file, specifier) {
  const target = specifier.startsWith('.')
    ? relative('/', resolve('/', dirname(file), specifier))
        .split(sep)
        .join('/')
    : undefined
  const [part] = file.split('/')
  if (part === 'framework') return target && fromFramework(file, target)
  if (part === 'app' || part === 'admin') return fromApp(part, specifier, target)
  if (part === 'e2e' && target && !target.startsWith('e2e/'))
    return `Browser tests know the app only by HTTP and do not import '${target}'. Copy the value, or put a helper into e2e/.`
  return undefined
}

function fromFramework(file, target) {
  const [part, , , toArea] = target.split('/')
  if (part !== 'framework')
    return `The framework does not import '${target}': it knows an app by its generated manifest. Add what it needs to AppManifest in lib/server/types.ts.`
  if (!file.startsWith('framework/src/')) return undefined
  if (!file.startsWith('framework/src/lib/'))
    return target.startsWith('framework/src/lib/')
      ? undefined
      : `A public entry only re-exports from ./lib/. Move '${target}' there, or import the entry's source in lib/.`
  if (!target.startsWith('framework/src/lib/'))
    return `'${target}' is a public entry, for apps. Import the file in lib/ that it re-exports.`
  const fromArea = file.split('/')[3]
  if (fromArea === toArea) return undefined
  const from = layerOf.get(fromArea)
  const to = layerOf.get(toArea)
  if (from === undefined || to === undefined)
    return `'${from === undefined ? fromArea : toArea}' has no layer. Give it a place in scripts/lint/layers.js.`
  if (to > from)
    return `'${fromArea}' lies below '${toArea}' and cannot import it. Let '${toArea}' hand the value in, or move what both need into '${fromArea}'${lower(from, ' or below it: ')}.`
  if (to === from)
    return `'${fromArea}' and '${toArea}' are neighbours and do not import each other. Move what they share down${lower(from, ': ')}.`
  return undefined
}

function fromApp(part, specifier, target) {
  if (target?.startsWith('framework/'))
    return `An app sees only the public entries. Import from 'hotclub' or 'hotclub/…' instead of '${specifier}'.`
  if (target?.startsWith('prisma/'))
    return `Loaders and actions get the client as 'db'; take its types from 'hotclub/db' instead of '${specifier}'.`
  if (part === 'app' && target?.startsWith('admin/'))
    return `app/ does not know admin/. Move what both need into app/lib/ and import it there.`
  if (!target && hiddenFromApps.test(specifier))
    return `'${specifier}' is behind the framework. Use what 'hotclub' and 'hotclub/…' export; if it is missing there, it belongs into the framework.`
  return undefined
}

function lower(layer, lead) {
  return layer === 0 ? '' : lead + layers.slice(0, layer).flat().join(', ')
}

const isTest = /\.test(?:-d)?\.tsx?$|\/_/

const layersRule = {
  create(context) {
    const file = relative(context.cwd, context.filename).split(sep).join('/')
    // Tests, and helpers of tests (`_name`), go through the front door, which is above what they test.
    if (isTest.test(file)) return {}
    const check = (node) => {
      const message = typeof node?.value === 'string' ? complaint(file, node.value) : undefined
      if (message) context.report({ node, message })
    }
    return {
      ImportDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
      TSImportType: (node) => check(node.source),
    }
  },
}

export default { meta: { name: 'hotclub' }, rules: { layers: layersRule } }
