/** Chooses any number of rows, shown as tags. */
import { useRef, useState, type ReactNode } from 'react'
import { useHydrated } from '../../view/use-hydrated.ts'
import type { Linked } from '../list/load-list.ts'
import { Icon } from './icons.tsx'
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
        aria-controls={`${id}-options`}
        aria-activedescendant={isOpen && items[active] ? `${id}-option-${active}` : undefined}
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
        <ul className="ha-options" role="listbox" id={`${id}-options`} aria-label={label} aria-busy={options.isLoading}>
          {items.map((item, index) => (
            <li
              key={item.key}
              id={`${id}-option-${index}`}
              role="option"
              aria-selected={false}
              data-active={index === active ? '' : undefined}
              onPointerDown={(event) => event.preventDefault()}
              onPointerMove={() => setActive(index)}
              onClick={() => add(item)}
            >
              {item.label}
            </li>
          ))}
          {items.length === 0 && <li role="presentation">{options.isLoading ? 'Searching …' : 'Nothing more found.'}</li>}
        </ul>
      )}
    </div>
  )
}
