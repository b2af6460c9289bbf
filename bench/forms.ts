/**
 * What a form costs the server: reading ten fields into checked values, and writing the description that the page carries.
 * One process, no sockets; the floor is the same schema given an object by hand.
 */
import { z } from 'zod'
import { checkForm } from '../framework/src/lib/forms/check-form.ts'
import { describeForm } from '../framework/src/lib/forms/describe.ts'
import { toEntries } from '../framework/src/lib/forms/names.ts'
import { readForm } from '../framework/src/lib/http/read-form.ts'
import { median } from './lib/load.ts'

const schema = z.object({
  name: z.string().trim().min(1).max(80),
  email: z.email(),
  age: z.int().min(18).max(120),
  born: z.date().meta({ widget: 'date' }),
  price: z.number(),
  topic: z.enum(['press', 'error', 'other']),
  news: z.boolean(),
  terms: z.literal(true),
  body: z.string().min(10).max(4000),
  website: z.url().optional(),
})
const node = describeForm(schema)
const body = new URLSearchParams({
  name: 'Ada Lovelace',
  email: 'ada@example.com',
  age: '36',
  born: '1815-12-10',
  price: '12.50',
  topic: 'press',
  news: 'on',
  terms: 'on',
  body: 'A few words about the engine, which has no pretensions to originate anything.',
  website: '',
}).toString()
const values = {
  name: 'Ada Lovelace',
  email: 'ada@example.com',
  age: 36,
  born: new Date(0),
  price: 12.5,
  topic: 'press',
  news: true,
  terms: true,
  body: body.slice(0, 80),
}
const limits = { body: 1_048_576, fields: 1_000, files: 100 }
const request = (): Request =>
  new Request('http://localhost/', { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } })

const COUNT = 4_000
const ROUNDS = 9

const parts: Record<string, () => unknown> = {
  'the schema alone, given an object': () => schema.safeParseAsync(values),
  'reading and checking the fields': async () => await checkForm(schema, node, toEntries(forms[0]!)),
  'the same from the body of a request': async () => await checkForm(schema, node, toEntries(await readForm(request(), limits))),
  'of which the request itself': async () => await request().text(),
  'the description of the form, as JSON': () => JSON.stringify(node),
}
const forms = [await readForm(request(), limits)]

const times = Object.fromEntries(Object.keys(parts).map((name) => [name, [] as number[]]))
for (let round = 0; round < ROUNDS; round++)
  for (const [name, part] of Object.entries(parts)) {
    const start = performance.now()
    for (let count = 0; count < COUNT; count++) await part()
    times[name]!.push(((performance.now() - start) / COUNT) * 1000)
  }
console.log(`Ten fields, medians of ${ROUNDS} interleaved rounds, microseconds`)
for (const [name, all] of Object.entries(times)) console.log(`  ${name.padEnd(40)} ${median(all).toFixed(1)}`)
