/**
 * Blanks ranges of a source with spaces. What is left stands where it stood, line and column, so positions need no
 * translation, and the source map can carry the blanked text instead of the server's code.
 */
import MagicString, { type SourceMap } from 'magic-string'
import { fileOf, type Range } from './ast.ts'

export class Eraser {
  readonly #code: string
  #ranges: Array<Range & { mark: string }> = []
  #added = ''

  constructor(code: string) {
    this.#code = code
  }

  /** Removes a part of a statement. */
  erase({ start, end }: Range): void {
    this.#ranges.push({ start, end, mark: '' })
  }

  /** Removes a statement; a semicolon stays, since without it the lines before and after could read as one. */
  eraseStatement({ start, end }: Range): void {
    this.#ranges.push({ start, end, mark: ';' })
  }

  /** Adds a statement at the end of the module. */
  append(statement: string): void {
    this.#added += `\n;${statement}`
  }

  /** How many removals were asked for. */
  get count(): number {
    return this.#ranges.length
  }

  /** The blanked source, and a map whose `sourcesContent` is the blanked source too. */
  result(id: string): { code: string; map: SourceMap } {
    const blanked = this.#blanked()
    const map = new MagicString(blanked).generateMap({ source: fileOf(id), includeContent: true, hires: 'boundary' })
    return { code: blanked + this.#added, map }
  }

  #blanked(): string {
    let result = ''
    let at = 0
    for (const { start, end, mark } of this.#ranges.sort((a, b) => a.start - b.start || b.end - a.end)) {
      if (end <= at) continue
      const from = Math.max(start, at)
      result += this.#code.slice(at, from)
      const blank = this.#code.slice(from, end).replace(/[^\r\n\u2028\u2029]/g, ' ')
      result += mark && blank.length > 0 ? mark + blank.slice(1) : blank
      at = end
    }
    return result + this.#code.slice(at)
  }
}
