/** What there is to be allowed: four permissions for each model, and those that its comment adds. */
import { HotclubError } from '../core/hotclub-error.ts'
import { toWords } from './documentation.ts'
import type { ModelMetadata, SchemaMetadata } from './types.ts'

/** Something that not everybody may do. */
export interface PermissionMetadata {
  /** As code has it: `review.change`. */
  readonly name: string
  /** For people: `Can change reviews`. */
  readonly label: string
}

/** What can be done with the rows of any model. */
const ACTIONS = ['view', 'add', 'change', 'delete']

/**
 * Lists the permissions of a schema, in the order of its models: `review.view`, `.add`, `.change` and `.delete`, then what the model adds by
 * `@permissions moderate feature` in its comment.
 *
 * @throws {HotclubError} `HC_SCHEMA` for a word that cannot be part of a name
 */
export function permissionsOf(schema: SchemaMetadata): PermissionMetadata[] {
  return Object.values(schema.models).flatMap((model) =>
    [...new Set([...ACTIONS, ...ownActions(model)])].map((action) => ({
      name: `${model.delegate}.${action}`,
      label: `Can ${toWords(action).toLowerCase()} ${model.plural}`,
    })),
  )
}

function ownActions({ name, documentation }: ModelMetadata): string[] {
  const { permissions } = documentation.annotations
  if (permissions === undefined) return []
  const actions = permissions === true ? [''] : permissions.split(/[\s,]+/)
  const wrong = actions.find((action) => !/^[a-z]\w*$/i.test(action))
  if (wrong === undefined) return actions
  // Only the message comes through Prisma, which runs this.
  throw new HotclubError('HC_SCHEMA', {
    message: `@permissions of the model ${name}: '${wrong}' cannot be the name of a permission. Write words of letters, digits and _: @permissions moderate feature`,
  })
}
