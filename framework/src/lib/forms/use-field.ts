import { HotclubError } from '../core/hotclub-error.ts'
import type { LeafNode } from '../view/form-node.ts'
import { fieldId, type FieldInfo, type FormScope, useFormScope } from './form-context.ts'
import { memberName, nodeAt, own } from './names.ts'

/** What a view may say of a field in place of the schema. */
export interface FieldOverrides {
  label?: string
  help?: string
}

/** Works out all that the parts of a field need. */
export function useField(name: string, overrides: FieldOverrides): FieldInfo {
  const scope = useFormScope('Field')
  const full = name === '' ? scope.place.name : memberName(scope.place.name, name)
  const node = fieldNode(scope, full)
  const source = scope.place.source === undefined ? undefined : name === '' ? scope.place.source : memberName(scope.place.source, name)
  const id = fieldId(scope, full)
  const sent = source === undefined ? undefined : own(scope.values, source)
  return {
    name: full,
    node,
    label: overrides.label ?? node.label,
    help: overrides.help ?? node.help,
    errors: (source === undefined ? undefined : own(scope.state?.errors, source)) ?? [],
    // A form that came back shows what was sent, and nothing where nothing was.
    values: sent ?? (scope.state && source !== undefined ? [] : (node.initial ?? [])),
    id,
    helpId: `${id}-help`,
    errorId: `${id}-error`,
  }
}

function fieldNode({ name: form, node: root }: FormScope, name: string): LeafNode {
  const node = nodeAt(root, name)
  if (node && 'widget' in node) return node
  const where = `the form '${form}'`
  if (!node)
    throw new HotclubError('HC_FORM_NAME', {
      where,
      message: `It has no field '${name}'.`,
      hint: 'Add it to the schema of the action, or mend the name.',
    })
  const [what, how] =
    node.kind === 'array'
      ? ['a list', `Show it with <List name="${name}">.`]
      : ['a group of fields', `Name its fields one by one: <Field name="${name}.…">.`]
  throw new HotclubError('HC_FORM_NAME', { where, message: `'${name}' is ${what}, not a field.`, hint: how })
}
