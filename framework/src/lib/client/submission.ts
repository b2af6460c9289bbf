import { isOwn } from './links.ts'

/** What a form's submission asks for, the submitting button's own attributes first. */
export interface Submission {
  form: FormData
  method: 'get' | 'post'
  action: string
  encType: string
}

/**
 * Reads a submission as the browser would, or `undefined` where it is the browser's: another target or origin, a
 * dialog, plain text.
 */
export function readSubmission(form: HTMLFormElement, submitter: HTMLElement | null): Submission | undefined {
  const say = (name: string): string => submitter?.getAttribute(`form${name}`) || form.getAttribute(name) || ''
  const method = say('method').toLowerCase() || 'get'
  const target = say('target')
  const encType = say('enctype')
  const url = new URL(say('action') || pathAndQuery(), document.baseURI)
  if ((method !== 'get' && method !== 'post') || (target !== '' && target !== '_self') || encType === 'text/plain' || !isOwn(url))
    return undefined
  return { form: new FormData(form, submitter), method, action: url.href, encType }
}

function pathAndQuery(): string {
  return location.pathname + location.search
}

/** The URL that a `get` form leads to. */
export function withQuery(url: URL, form: FormData): URL {
  url.search = toParams(form).toString()
  return url
}

/** The body of a `post` form. */
export function toBody(form: FormData, encType: string | undefined): BodyInit {
  return encType === 'multipart/form-data' ? form : toParams(form)
}

/** Without `multipart/form-data`, of a file only its name is sent. */
function toParams(form: FormData): URLSearchParams {
  return new URLSearchParams([...form].map(([name, value]) => [name, typeof value === 'string' ? value : value.name]))
}
