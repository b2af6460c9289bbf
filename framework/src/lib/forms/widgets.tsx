/** What fields are edited with: HTML's own inputs, which work without a script. */
import type { ComponentProps, ComponentType, ReactNode } from 'react'
import type { WidgetName } from '../view/form-node.ts'
import { FileInput } from './file-input.tsx'
import type { FieldInfo } from './form-context.ts'
import { type WidgetProps, type Widgets, WidgetsReactContext } from './widget-props.ts'

/** Makes every form below use components of your own, one by one: `<FormWidgets date={DatePicker}>`. */
export function FormWidgets({ children, ...widgets }: Widgets & { children?: ReactNode }): ReactNode {
  return <WidgetsReactContext value={widgets}>{children}</WidgetsReactContext>
}

/** Attributes of the input of a field. */
export function inputProps(field: FieldInfo, widget: WidgetName): ComponentProps<'input'> {
  const { node, values, errors, id, name } = field
  const { rows: _, ...limits } = node.attributes
  // What is chosen from a list has no limits of its own, whatever the field's type.
  const isChosen = widget === 'select' || widget === 'radio' || widget === 'checkboxes'
  const attributes = isChosen ? { autoComplete: limits.autoComplete } : limits
  const isTicked = widget === 'checkbox'
  return {
    id,
    name,
    required: node.required || undefined,
    'aria-invalid': errors.length > 0 || undefined,
    ...attributes,
    ...(isTicked
      ? { defaultChecked: isOn(values) }
      : widget === 'password' || node.kind === 'file'
        ? {}
        : { defaultValue: values[0] ?? '' }),
  }
}

function isOn(values: string[]): boolean {
  const last = values.at(-1)
  return last === 'on' || last === 'true' || last === '1'
}

const types: Partial<Record<WidgetName, string>> = { datetime: 'datetime-local' }

function TextInput({ widget, input }: WidgetProps): ReactNode {
  return <input type={types[widget] ?? widget} {...input} />
}

function TextArea({ field, input }: WidgetProps): ReactNode {
  const { type: _type, pattern: _pattern, ...attributes } = input
  return <textarea rows={field.node.attributes.rows ?? 6} {...(attributes as ComponentProps<'textarea'>)} />
}

function JsonArea(props: WidgetProps): ReactNode {
  return <TextArea {...props} input={{ spellCheck: false, ...props.input }} />
}

function Checkbox({ input }: WidgetProps): ReactNode {
  return <input type="checkbox" {...input} />
}

function Select({ field, choices, input }: WidgetProps): ReactNode {
  const { node, values } = field
  const { defaultValue: _, ...attributes } = input as ComponentProps<'select'>
  if (node.multiple)
    return (
      <select multiple defaultValue={values} {...attributes}>
        <Options choices={choices} />
      </select>
    )
  // A required choice with a first value that nobody made would be a choice made for them.
  const hasEmpty = node.empty !== 'value' || node.initial === undefined
  return (
    <select defaultValue={values[0] ?? ''} {...attributes}>
      {hasEmpty && <option value="">{node.attributes.placeholder ?? (node.required ? 'Choose …' : '')}</option>}
      <Options choices={node.kind === 'boolean' ? YES_NO : choices} />
    </select>
  )
}

const YES_NO = [
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
]

function Options({ choices }: Pick<WidgetProps, 'choices'>): ReactNode {
  return choices.map(({ value, label }) => (
    <option key={value} value={value}>
      {label}
    </option>
  ))
}

function Ticks({ field, widget, choices, input }: WidgetProps): ReactNode {
  const { id: _id, defaultValue: _value, defaultChecked: _checked, required, ...attributes } = input
  const type = widget === 'radio' ? 'radio' : 'checkbox'
  return (
    <div className="field-options">
      {choices.map(({ value, label }, index) => (
        <label key={value} className="field-option">
          {/* The first has the field's id, where the summary leads to. */}
          <input
            type={type}
            {...attributes}
            id={index === 0 ? field.id : undefined}
            required={type === 'radio' ? required : undefined}
            value={value}
            defaultChecked={field.values.includes(value)}
          />{' '}
          {label}
        </label>
      ))}
    </div>
  )
}

/** The framework's widgets by name. */
export const widgetComponents: Record<WidgetName, ComponentType<WidgetProps>> = {
  text: TextInput,
  email: TextInput,
  url: TextInput,
  tel: TextInput,
  password: TextInput,
  search: TextInput,
  color: TextInput,
  hidden: TextInput,
  number: TextInput,
  date: TextInput,
  time: TextInput,
  datetime: TextInput,
  textarea: TextArea,
  json: JsonArea,
  checkbox: Checkbox,
  select: Select,
  radio: Ticks,
  checkboxes: Ticks,
  file: FileInput,
}
