/** What forms take and refuse, case by case, held against what Django's validators decide (`framework/test/vectors/validators.json`). */
import { describe, expect, it } from 'vitest'
import { z, type ZodType } from 'zod'
import vectors from '../../../test/vectors/validators.json' with { type: 'json' }
import { checkForm } from './check-form.ts'
import { decimal } from './decimal.ts'
import { describeForm } from './describe.ts'
import { email, webUrl } from './text-formats.ts'

interface Case {
  validator: string
  options: Record<string, unknown>
  value: unknown
  valid: boolean
}

/** The schema that says the same; `undefined` where forms have nothing like it. */
function schemaOf({ validator, options, value }: Case): ZodType | undefined {
  const limit = Number(plain(options['limit_value']))
  const isDate = typeof value === 'object' && value !== null && '$dt' in value
  switch (validator) {
    case 'EmailValidator':
      return email()
    case 'URLValidator':
      return webUrl()
    case 'validate_ipv4_address':
      return z.ipv4()
    case 'validate_ipv6_address':
      return z.ipv6()
    case 'validate_ipv46_address':
      return z.string().refine((text) => z.ipv4().safeParse(text).success || z.ipv6().safeParse(text).success)
    case 'validate_integer':
      return z.int()
    case 'DomainNameValidator':
      return z.hostname()
    case 'DecimalValidator':
      return decimal({ precision: Number(options['max_digits']), scale: Number(options['decimal_places']) })
    case 'ProhibitNullCharactersValidator':
      return z.string()
    case 'MaxLengthValidator':
      return z.string().max(limit)
    case 'MinLengthValidator':
      return z.string().min(limit)
    case 'MaxValueValidator':
      return isDate ? undefined : z.number().max(limit)
    case 'MinValueValidator':
      return isDate ? undefined : z.number().min(limit)
    case 'StepValueValidator':
      return options['offset'] ? undefined : z.number().multipleOf(limit)
    default:
      return undefined
  }
}

/** A value as a form sends it. Decimals and dates are written as objects of one text. */
function plain(value: unknown): string {
  return String((typeof value === 'object' && value !== null ? Object.values(value)[0] : value) ?? '')
}

/** A case, in one line. */
const nameOf = ({ validator, value }: Case): string => `${validator} ${JSON.stringify(plain(value))}`

async function takes(schema: ZodType, value: unknown): Promise<boolean> {
  const form = z.object({ field: schema })
  return (await checkForm(form, describeForm(form), new Map([['field', [plain(value)]]]))).ok
}

/** Refused here and taken there, each on purpose. */
const stricter: Array<[why: string, cases: RegExp]> = [
  [
    'mail is sent to names of the public internet, in the form that every server takes',
    /^EmailValidator .*(?:localhost|localdomain|\[|[^\x20-\x7e]|\\")/,
  ],
  ['a link carries no user name and password', /^URLValidator "https?:\/\/[^"/]+@/],
  ['numbers are written as people write them', /^DecimalValidator ".*E/],
  ['links lead to the web', /^URLValidator "(?:ftps?|file|git|git\+ssh):/],
  ['a domain is written as it is asked for: in ASCII', /^DomainNameValidator "[^"]*[^\x00-\x7f]/],
]

/** Taken here and refused there, each on purpose. */
const looser: Array<[why: string, cases: RegExp]> = [
  ["forms drop the spaces around a number, as Django's own fields do before their validators", /^validate_integer "(?:\\n42|42\\n)"/],
  ['and around an address of e-mail', /^EmailValidator "a@b\.com\\n"/],
  [
    'and around one of the web',
    /^URLValidator "(?:http:\/\/www\.djangoproject\.com\/\\[nr]|http:\/\/www\.asdasdasdasdsadfm\.com\.br |http:\/\/\[::ffff:192\.9\.5\.5\]\\[nr])"/,
  ],
  ['what is counted are the digits: 999 has three, wherever the column keeps them', /^DecimalValidator "999"/],
  ['a host name may be one of the local network', /^DomainNameValidator "(?:255\.0\.0\.0|not-domain-name)"/],
]

describe('each case', () => {
  it('is decided as Django does, or otherwise on purpose', async () => {
    const deviations: string[] = []
    let count = 0
    for (const item of vectors as Case[]) {
      const schema = schemaOf(item)
      if (!schema) continue
      count += 1
      const taken = await takes(schema, item.value)
      const known = (item.valid ? stricter : looser).some(([, cases]) => cases.test(nameOf(item)))
      if (taken !== item.valid && !known) deviations.push(`${nameOf(item)}: ${taken ? 'taken' : 'refused'}`)
      if (taken === item.valid && known) deviations.push(`${nameOf(item)}: decided alike, but listed`)
    }

    expect(deviations).toEqual([])
    expect(count).toBeGreaterThan(400)
  })
})
