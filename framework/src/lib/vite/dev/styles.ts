import { isCSSRequest, type EnvironmentModuleNode, type ViteDevServer } from 'vite'
import { devUrl } from '../project.ts'

/**
 * Gathers the stylesheets that modules import, directly or through others, so that a page is styled at its first
 * paint; Vite's client takes them over once it runs.
 *
 * @param files Absolute paths
 */
export async function collectStyles(vite: ViteDevServer, files: string[]): Promise<Array<{ id: string; css: string }>> {
  const graph = vite.environments.client.moduleGraph
  const found = new Map<string, EnvironmentModuleNode>()
  const seen = new Set<EnvironmentModuleNode>()
  const visit = (node: EnvironmentModuleNode): void => {
    if (seen.has(node)) return
    seen.add(node)
    if (isCSSRequest(node.url)) found.set(node.id ?? node.url, node)
    for (const child of node.importedModules) visit(child)
  }
  for (const file of files) {
    await warm(vite, file)
    for (const node of graph.getModulesByFile(file) ?? []) visit(node)
  }
  return await Promise.all([...found].map(async ([id, node]) => ({ id, css: await cssOf(vite, node) })))
}

/** Transforms a module and all it imports, so that the graph knows its stylesheets. */
async function warm(vite: ViteDevServer, file: string): Promise<void> {
  const { client } = vite.environments
  const seen = new Set<string>()
  const visit = async (url: string): Promise<void> => {
    if (seen.has(url)) return
    seen.add(url)
    await client.transformRequest(url)
    const node = await client.moduleGraph.getModuleByUrl(url)
    await Promise.all([...(node?.importedModules ?? [])].filter((child) => isOwn(vite, child)).map((child) => visit(child.url)))
  }
  await visit(devUrl(vite.config.root, file))
}

function isOwn(vite: ViteDevServer, node: EnvironmentModuleNode): boolean {
  return node.file !== null && node.file.startsWith(vite.config.root) && !node.file.includes('/node_modules/')
}

async function cssOf(vite: ViteDevServer, node: EnvironmentModuleNode): Promise<string> {
  const url = node.url.includes('?') ? `${node.url}&inline` : `${node.url}?inline`
  const result = await vite.environments.client.transformRequest(url)
  const text = /export default "((?:[^"\\]|\\.)*)"/.exec(result?.code ?? '')?.[1]
  return text === undefined ? '' : (JSON.parse(`"${text}"`) as string)
}
