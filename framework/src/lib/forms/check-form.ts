/** Checks a form by its schema: on the server always, in the browser for forms that ask for it. */
import type { ZodType } from 'zod'
import { type Entries, FORM_FIELD, type FormNode, type FormState, isUnshown, RESERVED_FIELDS } from '../view/form-node.ts'
import { messageOf } from './issue-message.ts'
import { addError, type Errors, nameOfPath, nodeAt } from './names.ts'
import { parseForm } from './parse.ts'

/** What a check came to: the schema's values, or messages by the name of the field. */
export type Checked = { ok: true; data: unknown } | { ok: false; errors: Errors }

/** Reads entries and has the schema check them. */
export async function checkForm(schema: ZodType, node: FormNode, entries: Entries): Promise<Checked> {
  const { value, problems, unknown } = parseForm(node, entries)
  const errors: Errors = { ...problems }
  if (unknown.length > 0)
    errors[''] = [
      `This form has no field ${unknown
        .slice(0, 3)
        .map((field) => `'${field.slice(0, 80)}'`)
        .join(', ')}.`,
    ]
  const result = await schema.safeParseAsync(value, {
    error: (issue) => messageOf(issue as never, nodeAt(node, nameOfPath(node, issue.path ?? []))),
  })
  if (!result.success)
    for (const issue of result.error.issues) {
      const field = nameOfPath(node, issue.path)
      // What could not even be read has been told already.
      if (Object.hasOwn(problems, field)) continue
      addError(errors, field, issue.message)
    }
  if (Object.keys(errors).length > 0) return { ok: false, errors }
  return { ok: true, data: result.data }
}

/**
 * A form to show again.
 *
 * @param errors Messages by field; under `''`, about the form as a whole
 */
export function stateOf(name: string, node: FormNode, entries: Entries, { '': formErrors = [], ...errors }: Errors): FormState {
  const id = entries.get(FORM_FIELD)?.[0]
  const values: FormState['values'] = {}
  for (const [field, sent] of entries) {
    if (RESERVED_FIELDS.includes(field)) continue
    const found = nodeAt(node, field)
    // What the form does not have is not shown again: it can be sent again only by whoever made it up.
    if (!found || ('widget' in found && isUnshown(found))) continue
    values[field] = sent.filter((value) => typeof value === 'string')
  }
  return { form: name, id: typeof id === 'string' ? id : '', values, errors, formErrors }
}
