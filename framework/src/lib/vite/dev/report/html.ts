import { stripVTControlCharacters } from 'node:util'
import { highlight } from './highlight.ts'
import type { CodeFrame, Place, Report, ReportedRequest, StackFrame } from './report.ts'
import { reportStyles } from './styles.ts'
import { reportText } from './text.ts'

/** What the page around a report needs to know. */
export interface ErrorPageOptions {
  /** URL of the module that reloads the page once the error is mended. */
  script: string
  /** How many changes the server had seen when it made the page. */
  generation: number
  /** Allows the page's style under its policy. */
  nonce: string
}

/** A whole document that shows a report: what a page request gets instead of its page. */
export function errorPage(report: Report, { script, generation, nonce }: ErrorPageOptions): string {
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(`${report.name}: ${firstLine(report.message)}`)}</title><meta name="robots" content="noindex">
<meta property="csp-nonce" nonce="${nonce}"><style nonce="${nonce}">${reportStyles}</style></head>
<body data-hotclub-generation="${generation}"><main class="sheet report">${reportMarkup(report)}</main>
<script type="module" src="${escape(script)}"></script></body></html>`
}

/** A report as the content of a dialog: the same, with its styles. */
export function errorOverlay(report: Report): string {
  return `<style>${reportStyles}</style><dialog class="sheet" aria-labelledby="title"><button type="button" class="close" data-close aria-label="Close">Close</button><div class="report">${reportMarkup(report)}</div></dialog>`
}

function reportMarkup(report: Report): string {
  return `<div class="head"><p class="kind"><span>${escape(report.name)}</span>${report.place ? placeMarkup(report.place) : ''}</p>
<h1 id="title">${multiline(report.message)}</h1>${hintMarkup(report)}</div>
${detailMarkup(report)}
${report.others.map((other) => `<section class="other"><p class="kind"><span>${escape(other.name)}</span>${other.place ? placeMarkup(other.place) : ''}</p><h2>${multiline(other.message)}</h2>${hintMarkup(other)}${detailMarkup(other)}</section>`).join('\n')}
${report.request ? requestMarkup(report.request) : ''}
<div class="foot"><button type="button" data-copy="${escape(plainText(report))}">Copy as text</button><p>This page follows your edits: save the file and it goes on by itself.</p></div>`
}

function detailMarkup({ frame, stack, cause }: Report): string {
  return [
    frame ? frameMarkup(frame) : '',
    stackMarkup(stack),
    cause
      ? `<section aria-label="Cause"><h2>Caused by</h2><p class="cause"><b>${escape(cause.name)}</b> ${multiline(cause.message)}${cause.place ? ` ${placeMarkup(cause.place)}` : ''}</p>${cause.frame ? frameMarkup(cause.frame) : ''}</section>`
      : '',
  ].join('\n')
}

function hintMarkup({ hint, docs }: Report): string {
  if (hint === undefined && docs === undefined) return ''
  return `<p class="hint">${hint === undefined ? '' : multiline(hint)}${docs === undefined ? '' : ` <span class="docs">${escape(docs)}</span>`}</p>`
}

function placeMarkup(place: Place): string {
  const text = placeText(place)
  return `<button type="button" class="place" data-open="${escape(text)}" title="Open in the editor">${escape(text)}</button>`
}

function frameMarkup({ lines, line, column }: CodeFrame): string {
  const rows = lines.map(({ number, text }) => {
    const isMarked = number === line
    const code = highlight(text)
      .map(({ kind, text: part }) => (kind === 'plain' ? escape(part) : `<span class="token-${kind}">${escape(part)}</span>`))
      .join('')
    const marker = isMarked && column !== undefined ? `<span class="marker" aria-hidden="true">${' '.repeat(column - 1)}^</span>` : ''
    return `<span class="line${isMarked ? ' marked' : ''}"${isMarked ? ' aria-current="true"' : ''}><span class="number">${number}</span><code>${code || ' '}${marker}</code></span>`
  })
  return `<pre class="frame" tabindex="0" aria-label="Code around line ${line}">${rows.join('')}</pre>`
}

function stackMarkup(stack: StackFrame[]): string {
  if (stack.length === 0) return ''
  const own = stack.filter((call) => call.isOwn)
  const foreign = stack.filter((call) => !call.isOwn)
  const list = (calls: StackFrame[]): string =>
    `<ol>${calls.map((call) => `<li><b>${escape(call.name || '(anonymous)')}</b> ${placeMarkup(call)}</li>`).join('')}</ol>`
  const all =
    foreign.length === 0
      ? ''
      : `<details><summary>${own.length === 0 ? 'All calls' : `All ${stack.length} calls, framework and packages included`}</summary>${list(stack)}</details>`
  return `<section class="stack" aria-label="Call stack"><h2>Call stack</h2>${own.length > 0 ? list(own) : ''}${all}</section>`
}

function requestMarkup({ method, target, route, id, headers }: ReportedRequest): string {
  const facts: Array<[string, string]> = [['Route', route || 'none'], ['Request id', id], ...headers]
  const rows = facts.map(([name, value]) => `<tr><th scope="row">${escape(name)}</th><td>${escape(value)}</td></tr>`).join('')
  return `<section class="request" aria-label="Request"><h2>Request</h2><p><b>${escape(method)}</b> ${escape(target)}</p><details><summary>Route and headers</summary><table>${rows}</table></details></section>`
}

function plainText(report: Report): string {
  return stripVTControlCharacters(reportText(report))
}

function placeText({ file, line, column }: Place): string {
  return `${file}:${line}${column === undefined ? '' : `:${column}`}`
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]!
}

function multiline(text: string): string {
  return escape(text).replaceAll('\n', '<br>')
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
