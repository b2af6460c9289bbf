/**
 * A regular expression as the `pattern` attribute takes it: for the whole value, without flags, in the syntax of the flag `v`, which
 * browsers read it with.
 *
 * @returns `undefined` for one that cannot be written so; it is then the server's alone to check
 */
export function toHtmlPattern(regex: RegExp): string | undefined {
  if (regex.flags.replace(/[dgyuv]/g, '') !== '') return undefined
  const source = regex.flags.includes('v') ? regex.source : escapeClasses(regex.source)
  const isWhole = source.startsWith('^') && source.endsWith('$') && !source.endsWith('\\$') && !source.includes('|')
  const pattern = isWhole ? source.slice(1, -1) : `[^]*?(?:${source})[^]*`
  try {
    void new RegExp(`^(?:${pattern})$`, 'v')
    return pattern
  } catch {
    return undefined
  }
}

/** Inside of brackets, `v` wants a backslash before characters that other syntaxes take as they are: `[a-z-]`, `[(]`. */
function escapeClasses(source: string): string {
  return source.replace(/\\[^]|\[\^?(?:\\[^]|[^\]\\])*\]/g, (part) => {
    if (part.startsWith('\\')) return part
    const start = part.startsWith('[^') ? 2 : 1
    const inner = part
      .slice(start, -1)
      .replace(/\\[^]|[()[{}/|]/g, (text) => (text.startsWith('\\') ? text : `\\${text}`))
      // A hyphen that stands for itself: first, last, or beside a class such as \w.
      .replace(/^-|-$|(?<=(?:^|[^\\])\\[wdsWDS])-|-(?=\\[wdsWDS])/g, '\\-')
      .replace(/([&!#$%*+,.:;<=>?@^`~])(?=\1)/g, '\\$1')
    return `${part.slice(0, start)}${inner}]`
  })
}
