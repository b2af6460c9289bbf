/** Chooses a row: by typing a part of what it is called, from the first few where no script runs. */
import { type ReactNode, type RefObject, useRef, useState } from 'react'
import { useHydrated } from '../../view/use-hydrated.ts'
import type { Choices } from '../form/choices.ts'
import type { Linked } from '../list/load-list.ts'
import { Icon } from './icons.tsx'
import { Options } from './options.tsx'
import { useCombobox } from './use-combobox.ts'

export interface PickerProps {
  /** What the form sends the key under. */
  name: string
  /** The model to choose from. */
  slug: string
  label: string
  value: Linked | undefined
  /** The first choices; asked for where they are not given. */
  first: Choices | undefined
  required: boolean
  id?: string
  describedBy?: string | undefined
  isInvalid?: boolean
}

export function RelationPicker(props: PickerProps): ReactNode {
  return useHydrated() ? <Combobox {...props} /> : <PlainSelect {...props} />
}

function PlainSelect({ name, label, value, first, required, id, describedBy }: PickerProps): ReactNode {
  const items = first?.items ?? []
  const all = value && !items.some(({ key }) => key === value.key) ? [value, ...items] : items
  if (first === undefined)
    return (
      <label>
        Key <input id={id} name={name} defaultValue={value?.key} aria-label={`Key of ${label}`} />
      </label>
    )
  return (
    <select id={id} name={name} defaultValue={value?.key ?? ''} required={required} aria-describedby={describedBy}>
      <option value="">{required ? 'Choose …' : ''}</option>
      {all.map((item) => (
        <option key={item.key} value={item.key}>
          {item.label}
        </option>
      ))}
    </select>
  )
}

function Combobox({ name, slug, label, value, first, required, id, describedBy, isInvalid }: PickerProps): ReactNode {
  const [chosen, choose] = useState(value)
  const root = useRef<HTMLDivElement>(null)
  const change = (item: Linked | undefined): void => {
    choose(item)
    announceInput(root)
  }
  const box = useCombobox({ slug, label, first, chosen: chosen?.key, without: [], pick: change })
  return (
    <div className="ha-picker" ref={root} onBlur={box.onBlur}>
      <input type="hidden" name={name} value={chosen?.key ?? ''} />
      <input
        {...box.input}
        id={id}
        aria-label={id === undefined ? label : undefined}
        aria-describedby={describedBy}
        aria-invalid={isInvalid || undefined}
        required={required && chosen === undefined}
        placeholder="Type to search …"
        value={box.text ?? chosen?.label ?? ''}
        onFocus={(event) => event.currentTarget.select()}
      />
      {chosen !== undefined && !required && (
        <button
          type="button"
          className="ha-clear"
          aria-label={`Clear ${label}`}
          onClick={() => {
            box.close()
            change(undefined)
          }}
        >
          <Icon name="close" />
        </button>
      )}
      {box.isOpen && <Options {...box.options} />}
    </div>
  )
}

/** Tells the form of a choice as of any other input, so that it knows of unsaved changes. */
export function announceInput(root: RefObject<HTMLElement | null>): void {
  queueMicrotask(() => root.current?.dispatchEvent(new Event('input', { bubbles: true })))
}
