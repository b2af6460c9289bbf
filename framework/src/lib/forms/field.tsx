import { type ComponentProps, type ComponentType, createContext, type ReactNode, useContext } from 'react'
import type { WidgetName } from '../view/form-node.ts'
import { FieldReactContext, useFieldInfo } from './form-context.ts'
import type { FieldName } from './field-name.ts'
import { useField } from './use-field.ts'
import { type ChoiceOption, WidgetsReactContext, type WidgetProps } from './widget-props.ts'
import { inputProps, widgetComponents } from './widgets.tsx'

export interface FieldProps<N extends string = string> extends Omit<
  ComponentProps<'input'>,
  'name' | 'type' | 'children' | 'defaultValue' | 'value' | 'id'
> {
  name: N
  /** Another widget than the schema suggests: one by name, or a component of your own that gets `WidgetProps`. */
  as?: WidgetName | ComponentType<WidgetProps>
  /** In place of the schema's. */
  label?: string
  help?: string
  /** Lines of a text area (default: 6). */
  rows?: number
  /** What to choose from, where only the page knows: rows of a database. */
  options?: readonly ChoiceOption[]
  /** Lays the parts out another way: `<Label/> <Input/> <Help/> <FieldError/>` in any order, with anything between. */
  children?: ReactNode
}

/** A field of a form with this input. */
export type FieldComponent<T> = (props: FieldProps<FieldName<T>>) => ReactNode

/**
 * A field: its label, its input as the schema asks for it, help and errors. Attributes of an input go to the input.
 */
export function Field({ name, as, label, help, options, children, ...attributes }: FieldProps): ReactNode {
  const field = useField(name, { ...(label === undefined ? {} : { label }), ...(help === undefined ? {} : { help }) })
  const parts = { as, options, attributes }
  if (field.node.widget === 'hidden' && as === undefined && children === undefined)
    return <input type="hidden" name={field.name} value={field.values[0] ?? ''} />
  return (
    <FieldReactContext value={field}>
      <PartsReactContext value={parts}>{children ?? <Layout />}</PartsReactContext>
    </FieldReactContext>
  )
}

interface Parts {
  as: FieldProps['as']
  options: readonly ChoiceOption[] | undefined
  attributes: ComponentProps<'input'>
}

const PartsReactContext = createContext<Parts>({ as: undefined, options: undefined, attributes: {} })

/** How a field looks unless its view says otherwise: a class name for each part, and no style. */
function Layout(): ReactNode {
  const { node, errors } = useFieldInfo('Field')
  const widget = useWidgetName()
  const described = useDescription()
  const props = { className: 'field', 'data-widget': widget, 'data-invalid': errors.length > 0 ? '' : undefined }
  // Several inputs with one question: what a label is to one, a legend is to a group.
  if (widget === 'radio' || widget === 'checkboxes')
    return (
      <fieldset {...props} aria-describedby={described}>
        <legend className="field-label">
          <LabelText />
        </legend>
        <Input />
        <Explanation />
      </fieldset>
    )
  if (node.kind === 'boolean' && widget === 'checkbox')
    return (
      <div {...props}>
        <Input />
        <Label />
        <Explanation />
      </div>
    )
  return (
    <div {...props}>
      <Label />
      <Input />
      <Explanation />
    </div>
  )
}

function useWidgetName(): WidgetName | 'custom' {
  const { node } = useFieldInfo('Field')
  const { as } = useContext(PartsReactContext)
  return typeof as === 'string' ? as : as === undefined ? node.widget : 'custom'
}

/** What is wrong, in place of the help; else the help. */
function Explanation(): ReactNode {
  const { errors } = useFieldInfo('Field')
  return errors.length > 0 ? <FieldError /> : <Help />
}

function LabelText(): ReactNode {
  const { label, node } = useFieldInfo('Label')
  const isOptional = !node.required && node.empty !== 'value' && node.kind !== 'boolean'
  return (
    <>
      {label}
      {isOptional && <span className="field-optional"> (optional)</span>}
    </>
  )
}

/** The label of the field around it. */
export function Label(): ReactNode {
  const { id } = useFieldInfo('Label')
  return (
    <label className="field-label" htmlFor={id}>
      <LabelText />
    </label>
  )
}

/** The input of the field around it, with all its attributes. */
export function Input(): ReactNode {
  const field = useFieldInfo('Input')
  const { as, options, attributes } = useContext(PartsReactContext)
  const widgets = useContext(WidgetsReactContext)
  const name = typeof as === 'string' ? as : field.node.widget
  const Widget = typeof as === 'function' || (typeof as === 'object' && as !== null) ? as : (widgets[name] ?? widgetComponents[name])
  const choices = options?.map(({ value, label }) => ({ value: String(value), label })) ?? field.node.choices ?? []
  const described = useDescription()
  const isGroup = name === 'radio' || name === 'checkboxes'
  return (
    <Widget
      field={field}
      widget={name}
      choices={choices}
      input={{ ...inputProps(field, name), ...(isGroup ? {} : { 'aria-describedby': described }), ...attributes }}
    />
  )
}

/** Ids of what explains the field. */
function useDescription(): string | undefined {
  const { errors, help, errorId, helpId } = useFieldInfo('Field')
  return errors.length > 0 ? errorId : help === undefined ? undefined : helpId
}

/** The help of the field around it; nothing without one. */
export function Help(): ReactNode {
  const { help, helpId } = useFieldInfo('Help')
  return help === undefined ? null : (
    <p className="field-help" id={helpId}>
      {help}
    </p>
  )
}

/** What is wrong with the field around it; nothing while nothing is. */
export function FieldError(): ReactNode {
  const { errors, errorId } = useFieldInfo('FieldError')
  return errors.length === 0 ? null : (
    <p className="field-error" id={errorId}>
      {errors.join(' ')}
    </p>
  )
}
