import { type ComponentProps, type ComponentType, createContext } from 'react'
import type { Choice, WidgetName } from '../view/form-node.ts'
import type { FieldInfo } from './form-context.ts'

/** A choice that the page gives. */
export interface ChoiceOption {
  value: string | number | bigint
  label: string
}

/** What a widget gets. */
export interface WidgetProps {
  field: FieldInfo
  /** The name it was asked for by. */
  widget: WidgetName
  /** What to choose from; empty for a field that is no choice. */
  choices: readonly Choice[]
  /** Attributes for the input: name, id, what it shows, its limits, and what describes it. */
  input: ComponentProps<'input'>
}

/** Components that take the place of the framework's, by name. */
export type Widgets = { readonly [W in WidgetName]?: ComponentType<WidgetProps> }

export const WidgetsReactContext: React.Context<Widgets> = createContext<Widgets>({})
