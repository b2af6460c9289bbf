/** Reads a route file's path: its id and segments, or what is wrong with the name. */
import { HotclubError } from '../core/hotclub-error.ts'
import { PATH_CONVERTER } from './converters.ts'
import { parseSegment } from './segments.ts'
import { MAX_OPTIONAL } from './shapes.ts'
import type { Segment } from './types.ts'

/** A route file's name, read. With problems, `segments` is not to be used. */
export interface RouteName {
  id: string
  segments: Segment[]
  problems: HotclubError[]
}

/** Reads `routes/movies/[id=int].tsx`. Text is composed (NFC), since some file systems hand it over decomposed. */
export function readRouteName(file: string): RouteName {
  const parts = file
    .normalize('NFC')
    .replace(/^routes\//, '')
    .replace(/\.tsx?$/, '')
    .split('/')
  const name: RouteName = { id: '/', segments: [], problems: [] }
  const report = (code: 'HC_ROUTE_NAME' | 'HC_ROUTE_PARAM', message: string, hint: string): void => {
    name.problems.push(new HotclubError(code, { where: `app/${file}`, message, hint }))
  }

  for (const [index, text] of parts.entries()) {
    const isFile = index === parts.length - 1
    if (isFile && text === 'index') continue
    if (/^\(.+\)$/.test(text) && !isFile) continue
    const segment = parseSegment(text)
    const problem = segment ? nameProblem(text, segment, isFile) : bracketProblem(text)
    if (problem) report('HC_ROUTE_NAME', ...problem)
    else if (segment) name.segments.push(segment)
  }
  name.id = `/${parts.filter((text, index) => !(index === parts.length - 1 ? text === 'index' : /^\(.+\)$/.test(text))).join('/')}`
  checkParams(name.segments, report)
  return name
}

type Problem = [message: string, hint: string]

function nameProblem(text: string, segment: Segment, isFile: boolean): Problem | undefined {
  if (text === '') return ['The file has no name.', 'Name it index.tsx to answer at the URL of its folder.']
  if (/^\(.*\)$/.test(text))
    return isFile
      ? [`'${text}' is a group, and groups are folders.`, 'Remove the parentheses, or make it a folder with the file inside.']
      : ['A group needs a name.', 'Write it between the parentheses: (shop).']
  if (text === '.' || text === '..') return [`'${text}' cannot be part of a URL.`, 'Rename it.']
  if (/[\x00-\x1f\x7f\\]/.test(text))
    return [`'${text}' holds a character that no URL has.`, 'Remove backslashes and control characters from the name.']
  if (segment.kind === 'rest' && !isFile)
    return [
      `'${text}' takes the rest of the URL, so nothing can follow it.`,
      `Make it a file: ${text}.tsx. A folder can take one segment with [name].`,
    ]
  if (segment.kind !== 'static' && segment.name === '__proto__')
    return [`A parameter cannot be called '__proto__'.`, 'Give it another name.']
  return undefined
}

function bracketProblem(text: string): Problem {
  const hint = 'Write [id], [id=int], [[lang]], [...rest], or fixed text around one parameter as in [slug].xml.ts.'
  if (/\[\[?(\.\.\.)?[\w$]+=?[\w-]*\]?\].*\[/.test(text))
    return [
      `'${text}' has more than one parameter in one segment.`,
      'Take one parameter and split its text in the loader, or use a folder for each.',
    ]
  if (/\[\[\.\.\./.test(text))
    return [`'${text}' is optional twice.`, 'A rest parameter already matches when nothing is left: write [...name].']
  if (/\[\[/.test(text))
    return [`'${text}' is not a parameter.`, 'An optional parameter takes its whole segment: [[lang]] or [[lang=lang]].']
  if (/\[\.\.\./.test(text))
    return [`'${text}' is not a parameter.`, 'A rest parameter takes its whole segment: [...rest] or [...rest=path].']
  return [`'${text}' is not a parameter: its brackets or its name are wrong.`, `${hint} Names are made of letters, digits and '_'.`]
}

function checkParams(segments: Segment[], report: (code: 'HC_ROUTE_PARAM' | 'HC_ROUTE_NAME', message: string, hint: string) => void): void {
  const seen = new Set<string>()
  for (const segment of segments) {
    if (segment.kind === 'static') continue
    if (seen.has(segment.name))
      report('HC_ROUTE_PARAM', `The parameter '${segment.name}' occurs twice.`, 'Give each parameter of a route its own name.')
    seen.add(segment.name)
    if (segment.converter === PATH_CONVERTER && segment.kind === 'param')
      report('HC_ROUTE_PARAM', `The converter 'path' takes the rest of a URL, not one segment.`, `Write [...${segment.name}=path].`)
  }
  const optional = segments.filter((segment) => segment.kind === 'param' && segment.optional).length
  if (optional > MAX_OPTIONAL)
    report(
      'HC_ROUTE_NAME',
      `The route has ${optional} optional segments.`,
      `Use at most ${MAX_OPTIONAL}; the query string is better for independent choices.`,
    )
}
