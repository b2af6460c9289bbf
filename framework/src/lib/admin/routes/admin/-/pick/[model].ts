import type { AnyRouteContext } from '../../../../../forms/form-action.ts'
import { Access } from '../../../../access.ts'
import { type Choices, findChoices } from '../../../../form/choices.ts'

/** Choices of a relation: `?q=` looks for them, `?page=` goes on. */
export async function GET(context: AnyRouteContext): Promise<Choices> {
  const access = await Access.of(context)
  const model = await access.model(context.params['model'])
  const { searchParams } = context.url
  const page = Number(searchParams.get('page') ?? 0)
  return await findChoices(
    access,
    model,
    (searchParams.get('q') ?? '').slice(0, 200),
    Number.isInteger(page) && page > 0 && page < 1_000 ? page : 0,
  )
}
