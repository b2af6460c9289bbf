/** Deletes rows, after a page has said what goes with them. */
import { z, type ZodObject } from 'zod'
import { HttpError, notFound, redirect } from '../../core/results.ts'
import type { Row } from '../../db/client/delegates.ts'
import { type AnyRouteContext, formAction, type FormAction } from '../../forms/form-action.ts'
import { Access } from '../access.ts'
import { isOutOfReach } from '../accounts-rules.ts'
import { capitalize, labelOf, labelSelect } from '../fields.ts'
import { keyOf, readKey } from '../key.ts'
import type { AdminModel } from '../site.ts'
import { listPath, rowPath } from '../views/paths.ts'
import type { DeleteData } from '../views/delete-page.tsx'
import { consequencesOf } from './consequences.ts'

/** The form of a deletion. */
export type DeleteAction = FormAction<ZodObject<{}>, AnyRouteContext, unknown>

/** Rows named before the rest is counted. */
const NAMED = 10

/** Rows that are to be deleted. */
interface Doomed {
  access: Access
  model: AdminModel
  rows: Row[]
  where: object
}

/** What the page of a deletion shows. @throws As {@link doomedRows} */
export async function loadDeletion(context: AnyRouteContext): Promise<DeleteData> {
  const { access, model, rows, where } = await doomedRows(context)
  const { metadata, slug, title } = model
  const labels = rows.map((row) => labelOf(metadata, row, keyOf(metadata, row)))
  const what = rows.length === 1 ? `“${labels[0]}”` : `${rows.length} ${metadata.plural}`
  const isOne = context.params['key'] !== undefined
  const back = isOne ? rowPath(slug, keyOf(metadata, rows[0]!)) : listPath(slug)
  return {
    question: `Delete ${what}?`,
    button: `Delete ${rows.length === 1 ? metadata.singular : `${rows.length} ${metadata.plural}`}`,
    crumbs: [{ href: listPath(slug), label: title }, ...(isOne ? [{ href: back, label: labels[0]! }] : [])],
    labels: labels.slice(0, NAMED),
    count: rows.length,
    consequences: await consequencesOf(access, metadata, where),
    back,
  }
}

/** Deletes the rows that the address names. */
export const deleteAction: DeleteAction = formAction({
  schema: z.object({}),
  async handle(context) {
    const { access, model, rows, where } = await doomedRows(context)
    const { metadata, slug } = model
    try {
      await access.rows(metadata).deleteMany({ where })
    } catch (error) {
      // Something came to refer to it after the page was read; the page says what.
      if (error instanceof Error && 'code' in error && error.code === 'P2003')
        return context.invalid({ '': 'Something else refers to it, so it cannot be deleted.' })
      throw error
    }
    const what =
      rows.length === 1
        ? `${capitalize(metadata.singular)} “${labelOf(metadata, rows[0]!, keyOf(metadata, rows[0]!))}” is`
        : `${rows.length} ${metadata.plural} are`
    context.messages.success(`${what} deleted.`)
    return redirect(listPath(slug))
  },
})

/**
 * The rows that the address names: one by its path, or several by `?key=`.
 *
 * @throws 404 where one is not there, 403 where one may not be deleted
 */
async function doomedRows(context: AnyRouteContext): Promise<Doomed> {
  const access = await Access.of(context)
  const { model: slug, key } = context.params as { model: string; key?: string }
  const model = await access.model(slug, 'delete')
  const { metadata, keys } = model
  const texts = key === undefined ? [...new Set(context.url.searchParams.getAll('key'))] : [key]
  const named = keys.length === 0 ? [] : texts.map((text) => readKey(metadata, text))
  if (named.length === 0) redirect(listPath(slug))
  if (named.length > 1_000 || named.includes(undefined)) notFound()
  const where = { OR: named as object[] }
  const select = {
    ...labelSelect(metadata, keys, (name) => access.sees(metadata, name)),
    ...(metadata.name === 'User' ? { isSuperuser: true } : {}),
  }
  const rows = await access.rows(metadata).findMany({ where, select })
  if (rows.length < named.length) notFound()
  for (const row of rows)
    if (isOutOfReach(access.user, metadata, row) || !(await access.mayRow(model, 'delete', row))) throw new HttpError(403)
  return { access, model, rows, where }
}
