/**
 * Holds what the documentation shows to the compiler: every `ts` and `tsx` block of a page must type-check.
 *
 * A block is a module of its own. What a reader may take for granted stands before it in a comment, which the page does not show:
 *
 *     <!-- preamble
 *     import { z } from 'zod'
 *     -->
 *
 * Blocks that import each other name their file after the language: ```tsx file=app/routes/films.tsx
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { root, run } from '../lib/run.ts'

/** One block of a page, as a file. */
export interface CodeBlock {
  /** The page, relative to the repository. */
  page: string
  /** Where the block would stand, relative to a folder of its page. */
  file: string
  /** Preamble and code on the very lines they have in the page, so that the compiler's positions are the page's. */
  text: string
}

const fence = /^```(\w*)(.*)$/

/**
 * Returns the `ts` and `tsx` blocks of a page.
 *
 * @param page Its path, relative to the repository
 * @param markdown Its text
 */
export function codeBlocks(page: string, markdown: string): CodeBlock[] {
  const lines = markdown.split('\n')
  const blocks: CodeBlock[] = []
  let kept = lines.map(() => '')
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]!
    if (line === '<!-- preamble') {
      const end = indexFrom(lines, index, '-->', page)
      for (; ++index < end;) kept[index] = lines[index]!
      continue
    }
    const [, language, info] = fence.exec(line) ?? []
    if (language === undefined) continue
    const start = index
    const end = indexFrom(lines, index, '```', page)
    while (++index < end) kept[index] = lines[index]!
    if (language === 'ts' || language === 'tsx') {
      const file = /\bfile=(\S+)/.exec(info!)?.[1] ?? `line-${start + 1}.${language}`
      blocks.push({ page, file, text: `${kept.slice(0, end).join('\n')}\nexport {}\n` })
    }
    kept = lines.map(() => '')
  }
  return blocks
}

function indexFrom(lines: string[], start: number, end: string, page: string): number {
  const index = lines.indexOf(end, start + 1)
  if (index === -1) throw new Error(`${page}:${start + 1} opens a block that nothing closes.`)
  return index
}

/**
 * Type-checks blocks together, with the types of the app of this repository.
 *
 * @param blocks What {@link codeBlocks} gave
 * @param folder Where to write them, below `.cache`; emptied first
 * @returns The compiler's complaints, by page and line; empty when all is well
 */
export async function compileBlocks(blocks: CodeBlock[], folder: string): Promise<string[]> {
  const target = join(root, '.cache', folder)
  rmSync(target, { recursive: true, force: true })
  mkdirSync(target, { recursive: true })
  for (const { page, file, text } of blocks) {
    mkdirSync(dirname(join(target, page, file)), { recursive: true })
    writeFileSync(join(target, page, file), text)
  }
  const up = relative(target, root)
  const config = {
    extends: `${up}/tsconfig.base.json`,
    // What a block imports by its place is a file of its page or, where the page has none, of this repository.
    compilerOptions: { noEmit: true, types: ['node', 'vite/client'], rootDirs: [...new Set(blocks.map(({ page }) => page)), up] },
    include: ['.', `${up}/.hotclub/types`],
  }
  writeFileSync(join(target, 'tsconfig.json'), JSON.stringify(config))
  const { output } = await run('tsc', ['-p', target, '--pretty', 'false'])
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => placeInPage(line, relative(root, target), blocks))
}

/** `.cache/docs/README.md/line-3.tsx(4,7): error …` → `README.md:4:7: error …` */
function placeInPage(line: string, target: string, blocks: CodeBlock[]): string {
  const block = blocks.find(({ page, file }) => line.startsWith(`${join(target, page, file)}(`))
  if (!block) return line
  return block.page + line.slice(join(target, block.page, block.file).length).replace(/^\((\d+),(\d+)\)/, ':$1:$2')
}
