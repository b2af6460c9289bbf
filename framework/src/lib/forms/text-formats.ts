/** Formats of text that zod takes more liberally than a site that writes to people, or links to them, should. */
import { z } from 'zod'

/** No part of a domain is longer than 63 characters, or begins or ends with a hyphen (RFC 1035). */
const LABEL = /^(?!-)[^.]{1,63}(?<!-)$/

/**
 * A schema for e-mail addresses that mail can be sent to: a common local part, and a domain with a dot whose parts have a
 * length that domains may have. Spaces around it are dropped.
 */
export function email(): z.ZodString {
  return z
    .string()
    .trim()
    .max(320)
    .min(1, { abort: true })
    .regex(z.regexes.email, { message: WRONG_EMAIL, abort: true })
    .refine(
      (text) =>
        text
          .slice(text.lastIndexOf('@') + 1)
          .split('.')
          .every((part) => LABEL.test(part)),
      WRONG_EMAIL,
    )
    .meta({ widget: 'email' })
}

const WRONG_EMAIL = 'Enter an e-mail address, such as name@example.com.'
const WRONG_URL = 'Enter a whole address, such as https://example.com.'

/**
 * A schema for addresses on the web that can stand in a link: `http` or `https`, a host, no user name or password, and nothing that a browser
 * would drop or mend. Spaces around it are dropped.
 */
export function webUrl(): z.ZodString {
  // Not z.url(), which mends what it can before anybody looks: line breaks inside of the host, for one.
  return z.string().trim().max(2_048).min(1, { abort: true }).refine(isPlainUrl, WRONG_URL).meta({ widget: 'url' })
}

function isPlainUrl(text: string): boolean {
  if (!/^https?:\/\/[^\s\\/?#@]+(?:[/?#]\S*)?$/i.test(text) || !URL.canParse(text)) return false
  const authority = /^https?:\/\/([^/?#]+)/i.exec(text)![1]!
  const port = /:(\d+)$/.exec(authority)?.[1]
  if (port !== undefined && port.length > 5) return false
  const { hostname } = new URL(text)
  if (hostname.startsWith('[') || /^\d+(?:\.\d+){3}$/.test(hostname))
    return authority.replace(/:\d+$/, '').toLowerCase() === hostname || hostname.startsWith('[')
  const labels = hostname.replace(/\.$/, '').split('.')
  return hostname.length <= 253 && labels.every((label) => LABEL.test(label)) && (labels.length > 1 || hostname === 'localhost')
}
