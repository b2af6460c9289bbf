import { type MouseEvent, type ReactNode, useState } from 'react'
import { HotclubError } from '../core/hotclub-error.ts'
import { type ArrayNode, LIST_FIELD } from '../view/form-node.ts'
import { mayBeSilent } from './encode.ts'
import { Field, type FieldComponent, type FieldProps } from './field.tsx'
import type { ItemAt, ListName } from './field-name.ts'
import { fieldId, FormReactContext, type FormScope, useFormScope } from './form-context.ts'
import { useListFocus } from './list-focus.ts'
import { formatListOperation, type ListOperation } from './list-operations.ts'
import { indexesOf, itemName, memberName, nodeAt, own } from './names.ts'

/** One item, as the function that renders it gets it. */
export interface ListItem<T> {
  /** Fields of the item. An item that is no object is itself the field: `<item.Field />`. */
  Field: T extends object ? FieldComponent<T> : (props: Omit<FieldProps, 'name'>) => ReactNode
  /** Lists inside the item. */
  List: ListComponent<T>
  /** From 0. */
  index: number
}

interface ListPropsOf<N extends string, T> {
  name: N
  /** In place of the schema's. */
  label?: string
  /** Lets people change the order (default: `false`). */
  reorder?: boolean
  /** Words on the button that adds an item; `false` for a list that grows elsewhere (default: `Add`). */
  add?: string | false
  children: (item: ListItem<T>) => ReactNode
}

/** A list of a form with this input. */
export type ListComponent<T> = <N extends ListName<T>>(props: ListPropsOf<N, ItemAt<T, N>>) => ReactNode

interface Row {
  key: number
  /** The number under which the item came; `undefined` for a new one. */
  source: number | undefined
}

/**
 * Items of a list, each with the fields that `children` gives it, and buttons to add, remove and move them. With a script the buttons act at once; without
 * one they send the form, which comes back with the list changed and nothing else done.
 */
export function List({ name, label, reorder = false, add = 'Add', children }: ListPropsOf<string, Record<string, unknown>>): ReactNode {
  const scope = useFormScope('List')
  const full = memberName(scope.place.name, name)
  const source = scope.place.source === undefined ? undefined : memberName(scope.place.source, name)
  const node = listNode(scope, full)
  const { rows, change } = useRows(scope, node, source)
  const { items, after } = useListFocus()
  const id = fieldId(scope, full)
  const errors = (source === undefined ? undefined : own(scope.state?.errors, source)) ?? []
  const button = (kind: ListOperation['kind'], index: number) => ({
    type: 'submit' as const,
    name: LIST_FIELD,
    value: formatListOperation({ kind, list: full, index }),
    formNoValidate: true,
    // Where no script runs, the page that comes back opens at the list.
    formAction: `#${id}`,
    onClick: (event: MouseEvent) => {
      event.preventDefault()
      change({ kind, index })
      after({ kind, index })
    },
  })
  const word = label ?? node.label
  return (
    <fieldset className="field-list" id={id} tabIndex={-1} data-invalid={errors.length > 0 ? '' : undefined}>
      <legend className="field-label">{word}</legend>
      {node.help !== undefined && <p className="field-help">{node.help}</p>}
      {errors.length > 0 && <p className="field-error">{errors.join(' ')}</p>}
      {/* Says that the list is there, though it may be empty. */}
      <input type="hidden" name={full} value="" />
      <ol ref={items} className="field-items">
        {rows.map(({ key, source: from }, index) => (
          <li key={key} className="field-item">
            {mayBeSilent(node.item) && <input type="hidden" name={itemName(full, index)} value="" />}
            <FormReactContext
              value={{
                ...scope,
                place: {
                  name: itemName(full, index),
                  source: from === undefined || source === undefined ? undefined : itemName(source, from),
                },
              }}
            >
              {children({ Field: ItemField as never, List: List as never, index })}
            </FormReactContext>
            <div className="field-item-actions">
              {reorder && (
                <>
                  <button {...button('up', index)} disabled={index === 0} aria-label={`Move ${word} ${index + 1} up`}>
                    ↑
                  </button>
                  <button {...button('down', index)} disabled={index === rows.length - 1} aria-label={`Move ${word} ${index + 1} down`}>
                    ↓
                  </button>
                </>
              )}
              <button {...button('remove', index)} aria-label={`Remove ${word} ${index + 1}`}>
                Remove
              </button>
            </div>
          </li>
        ))}
      </ol>
      {add !== false && (node.max === undefined || rows.length < node.max) && (
        <button {...button('add', 0)} className="field-add">
          {add}
        </button>
      )}
    </fieldset>
  )
}

/** A field inside an item; without a name, the item itself. */
function ItemField({ name = '', ...props }: Partial<FieldProps>): ReactNode {
  return <Field {...props} name={name} />
}

function listNode({ name: form, node: root }: FormScope, name: string): ArrayNode {
  const node = nodeAt(root, name)
  if (node?.kind === 'array') return node
  throw new HotclubError('HC_FORM_NAME', {
    where: `the form '${form}'`,
    message: node ? `'${name}' is no list of fields.` : `It has no list '${name}'.`,
    hint: node ? `Show it with <Field name="${name}">.` : 'Add it to the schema of the action as z.array(…), or mend the name.',
  })
}

/** The items on screen: those that came, in their order, until buttons change them. */
function useRows(
  { values, state }: FormScope,
  { min = 0 }: ArrayNode,
  source: string | undefined,
): { rows: Row[]; change: (operation: Pick<ListOperation, 'kind' | 'index'>) => void } {
  const initial = (): Row[] => {
    const found: Row[] = source === undefined ? [] : indexesOf(Object.keys(values), source).map((index, key) => ({ key, source: index }))
    while (found.length < min) found.push({ key: found.length, source: undefined })
    return found
  }
  const [rows, setRows] = useState(initial)
  const [seen, setSeen] = useState(state)
  if (state !== seen) {
    setSeen(state)
    // What came back is what was on screen, numbered anew.
    if (state) setRows(rows.map(({ key }, index) => ({ key, source: index })))
  }
  return {
    rows,
    change: ({ kind, index }) => {
      const next = [...rows]
      const other = index + (kind === 'up' ? -1 : 1)
      const addOne = (): unknown => next.push({ key: Math.max(-1, ...rows.map((row) => row.key)) + 1, source: undefined })
      if (kind === 'add') addOne()
      else if (kind === 'remove') next.splice(index, 1)
      else if (other >= 0 && other < next.length) [next[index], next[other]] = [next[other]!, next[index]!]
      // The last of those there have to be cannot go; another, empty one takes its place.
      while (next.length < min) addOne()
      setRows(next)
    },
  }
}
