/** Chooses any number of rows, shown as tags. */
import { useId, useRef, useState, type ReactNode } from 'react'
import { useHydrated } from '../../view/use-hydrated.ts'
import type { Linked } from '../list/load-list.ts'
import { Icon } from './icons.tsx'
import { Options } from './options.tsx'
import { useOptions, type PickerProps } from './relation-picker.tsx'

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
  const [chosen, setChosen] = useState(values)
  const [text, setText] = useState('')
  const [isOpen, setOpen] = useState(false)
  const [active, setActive] = useState(0)
  const options = useOptions(slug, first)
  const listId = useId()
  const root = useRef<HTMLDivElement>(null)
  const items = options.items.filter(({ key }) => !chosen.some((item) => item.key === key))
  const change = (next: Linked[]): void => {
    setChosen(next)
    queueMicrotask(() => root.current?.dispatchEvent(new Event('input', { bubbles: true })))
  }
  const add = (item: Linked): void => {
    change([...chosen, item])
    setText('')
    setActive(0)
    options.find('')
  }
  return (
    <div
      className="ha-picker"
      ref={root}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false)
      }}
    >
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
        id={id}
        role="combobox"
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-activedescendant={isOpen && items[active] ? `${listId}-${active}` : undefined}
        aria-describedby={describedBy}
        autoComplete="off"
        placeholder="Type to add …"
        value={text}
        onClick={() => {
          setOpen(true)
          options.find(text)
        }}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setOpen(true)
          setActive(0)
          options.find(event.currentTarget.value)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setOpen(false)
          else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            event.preventDefault()
            setOpen(true)
            setActive(Math.max(0, Math.min(items.length - 1, active + (event.key === 'ArrowDown' ? 1 : -1))))
          } else if (event.key === 'Enter') {
            event.preventDefault()
            if (isOpen && items[active]) add(items[active])
          } else if (event.key === 'Backspace' && text === '' && chosen.length > 0) change(chosen.slice(0, -1))
        }}
      />
      {isOpen && (
        <Options
          id={listId}
          label={label}
          items={items}
          active={active}
          setActive={setActive}
          chosen={undefined}
          pick={add}
          isLoading={options.isLoading}
          note={
            items.length === 0
              ? options.isLoading
                ? 'Searching …'
                : 'Nothing more found.'
              : options.more
                ? 'Type more to narrow it down.'
                : undefined
          }
        />
      )}
    </div>
  )
}
