/** Chooses any number of rows, shown as tags. */
import { type ReactNode, useRef, useState } from 'react'
import { useHydrated } from '../../view/use-hydrated.ts'
import type { Linked } from '../list/load-list.ts'
import { Icon } from './icons.tsx'
import { Options } from './options.tsx'
import { announceInput, type PickerProps } from './relation-picker.tsx'
import { useCombobox } from './use-combobox.ts'

export interface RelationsProps extends Omit<PickerProps, 'value'> {
  values: Linked[]
}

export function RelationsPicker(props: RelationsProps): ReactNode {
  return useHydrated() ? <Tags {...props} /> : <PlainTicks {...props} />
}

/** Sends the name once, empty, so that a form with nothing ticked says so. */
function PlainTicks({ name, label, values, first, id }: RelationsProps): ReactNode {
  const items = first?.items ?? []
  const all = [...values, ...items.filter(({ key }) => !values.some((value) => value.key === key))]
  return (
    <fieldset className="ha-ticks" id={id}>
      <legend className="ha-hidden">{label}</legend>
      <input type="hidden" name={name} value="" />
      {all.map((item) => (
        <label key={item.key}>
          <input type="checkbox" name={name} value={item.key} defaultChecked={values.includes(item)} /> {item.label}
        </label>
      ))}
    </fieldset>
  )
}

function Tags({ name, slug, label, values, first, id, describedBy }: RelationsProps): ReactNode {
  const [chosen, choose] = useState(values)
  const root = useRef<HTMLDivElement>(null)
  const change = (next: Linked[]): void => {
    choose(next)
    announceInput(root)
  }
  const pick = (item: Linked): void => change([...chosen, item])
  const box = useCombobox({ slug, label, first, chosen: undefined, without: chosen, pick })
  return (
    <div className="ha-picker" ref={root} onBlur={box.onBlur}>
      <input type="hidden" name={name} value="" />
      {chosen.length > 0 && (
        <ul className="ha-tags">
          {chosen.map((item) => (
            <li key={item.key}>
              <input type="hidden" name={name} value={item.key} />
              {item.label}
              <button type="button" aria-label={`Remove ${item.label}`} onClick={() => change(chosen.filter((other) => other !== item))}>
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <input
        {...box.input}
        id={id}
        aria-describedby={describedBy}
        placeholder="Type to add …"
        value={box.text ?? ''}
        onKeyDown={(event) => {
          if (event.key === 'Backspace' && !box.text && chosen.length > 0) change(chosen.slice(0, -1))
          // Enter would send the form, which nobody means who is choosing.
          else if (event.key === 'Enter' && !box.isOpen) event.preventDefault()
          else box.input.onKeyDown?.(event)
        }}
      />
      {box.isOpen && <Options {...box.options} />}
    </div>
  )
}
