/** Saves a form: a new row, or what has changed of a known one. */
import { type AnyRouteContext, formAction, type FormAction } from '../../forms/form-action.ts'
import { contextKey } from '../../core/context.ts'
import { HttpError, notFound, redirect } from '../../core/results.ts'
import type { ZodObject, ZodType } from 'zod'
import { Access } from '../access.ts'
import { completed, isOutOfReach } from '../accounts-rules.ts'
import { capitalize, labelOf, labelSelect } from '../fields.ts'
import { keyOf, readKey, whereKey } from '../key.ts'
import type { AdminModel } from '../site.ts'
import { textOf } from '../text.ts'
import { listPath, rowPath } from '../views/paths.ts'
import { mayAdd, planForm, type Section } from './plan.ts'
import { loadRecord, toData } from './record.ts'
import { formSchema, type FormValues, NEXT, VERSION } from './schema.ts'

/** The form of any row. */
export type SaveAction = FormAction<ZodObject<Record<string, ZodType>>, AnyRouteContext, unknown>

/** What a form is about. */
interface Subject {
  access: Access
  model: AdminModel
  sections: Section[]
  /** As the address has it; `undefined` for a new row. */
  key: string | undefined
  /** Whether the user may save it. */
  canSave: boolean
}

/** The action of the pages of new and of known rows. */
export const saveAction: SaveAction = formAction({
  async schema(context) {
    const { model, sections } = await subjectOf(context)
    return formSchema(model, sections)
  },
  async handle(context) {
    const subject = await subjectOf(context)
    if (!subject.canSave) throw new HttpError(403)
    const values = context.data as FormValues
    const { access, model, sections, key } = subject
    const { data, errors } = toData(access, model.metadata, sections, values, key === undefined ? 'create' : 'update')
    if (Object.keys(errors).length > 0) return context.invalid(errors)
    const stale = key === undefined ? undefined : await staleFields(subject, key, values)
    if (stale) return context.invalid(stale)
    const saved = await write(subject, data).catch((error: unknown) => {
      if (isMissing(error)) return undefined
      throw error
    })
    if (saved === undefined) return context.invalid({ '': 'Something that this refers to is not there any more.' })
    const label = labelOf(model.metadata, saved, keyOf(model.metadata, saved))
    context.messages.success(`${capitalize(model.metadata.singular)} “${label}” is ${key === undefined ? 'added' : 'saved'}.`)
    return redirect(nextPath(model, values[NEXT], keyOf(model.metadata, saved)))
  },
})

const subjectKey = contextKey<Promise<Subject>>('the form of the admin')

/** What the address of a form names, worked out once a request. @throws 404 and 403 as {@link Access.model}; 404 for a row that is not there */
export function subjectOf(context: AnyRouteContext): Promise<Subject> {
  if (!context.has(subjectKey)) context.set(subjectKey, findSubject(context))
  return context.get(subjectKey)
}

async function findSubject(context: AnyRouteContext): Promise<Subject> {
  const access = await Access.of(context)
  const { model: slug, key } = context.params as { model: string; key?: string }
  const model = await access.model(slug, key === undefined ? 'add' : 'view')
  if (key === undefined) {
    if (!(await mayAdd(access, model))) throw new HttpError(403)
    return { access, model, key, canSave: true, sections: await planForm(access, model, 'create') }
  }
  const canSave = await mayChange(access, model, key)
  return { access, model, key, canSave, sections: await planForm(access, model, canSave ? 'update' : 'read') }
}

/** Whether the user may change the row with a key. @throws 404 where there is none that the user may know of */
async function mayChange(access: Access, model: AdminModel, text: string): Promise<boolean> {
  const { metadata, keys } = model
  const key = keys.length > 0 ? readKey(metadata, text) : undefined
  if (!key) notFound()
  const select = { ...Object.fromEntries(keys.map((name) => [name, true])), ...(metadata.name === 'User' ? { isSuperuser: true } : {}) }
  const row = await access.rows(metadata).findUnique({ where: whereKey(metadata, key), select })
  if (!row) notFound()
  return !isOutOfReach(access.user, metadata, row) && (await access.mayRow(model, 'change', key))
}

async function write({ access, model, key }: Subject, data: Record<string, unknown>): Promise<Record<string, unknown>> {
  const { metadata, keys } = model
  const select = labelSelect(metadata, keys, (name) => access.sees(metadata, name))
  if (key === undefined) return await access.rows(metadata).create({ data: completed(metadata, data, 'create'), select })
  return await access
    .rows(metadata)
    .update({ where: whereKey(metadata, readKey(metadata, key)!), data: completed(metadata, data, 'update'), select })
}

/** What somebody else has saved since the form was opened, beside each field that differs. */
async function staleFields(
  { access, model, sections }: Subject,
  key: string,
  values: FormValues,
): Promise<Record<string, string> | undefined> {
  const record = await loadRecord(access, model, key, sections)
  if (values[VERSION] === undefined || values[VERSION] === record.version) return undefined
  const fields = sections
    .flatMap((section) => section.fields)
    .filter(({ isEditable, name }) => isEditable && !isSame(values[name], record.values[name]))
  if (fields.length === 0) return undefined
  return {
    '': 'Somebody else has saved this meanwhile. What they saved stands beside each field that differs; reload the page to start from theirs.',
    ...Object.fromEntries(fields.map(({ name }) => [name, `Now: ${inWords(record.shown[name], record.values[name])}`])),
  }
}

function isSame(a: unknown, b: unknown): boolean {
  return inWords(undefined, a) === inWords(undefined, b)
}

/** A value in words, for a message. */
function inWords(shown: unknown, value: unknown): string {
  const named = shown as { label?: string; items?: Array<{ label: string }> } | null | undefined
  if (named?.label !== undefined) return named.label
  if (named?.items !== undefined) return named.items.map(({ label }) => label).join(', ') || 'empty'
  if (value === null || value === undefined || value === '') return 'empty'
  return textOf(value)
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'P2025' || error.code === 'P2018')
}

function nextPath({ slug }: AdminModel, next: unknown, key: string): string {
  if (next === 'add') return `${listPath(slug)}/new`
  return next === 'stay' ? rowPath(slug, key) : listPath(slug)
}
