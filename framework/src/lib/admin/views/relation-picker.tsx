/** Chooses a row: by typing a part of what it is called, from the first few where no script runs. */
import { useEffect, useId, useRef, useState, type ReactNode } from 'react'
import { useHydrated } from '../../view/use-hydrated.ts'
import type { Choices } from '../form/choices.ts'
import type { Linked } from '../list/load-list.ts'
import { Icon } from './icons.tsx'
import { Options } from './options.tsx'

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
  const options = useOptions(slug, first)
  const [isOpen, setOpen] = useState(false)
  const [active, setActive] = useState(0)
  const [text, setText] = useState<string>()
  const listId = useId()
  const root = useRef<HTMLDivElement>(null)
  const { items, more, isLoading } = options
  const pick = (item: Linked | undefined): void => {
    choose(item)
    setText(undefined)
    setOpen(false)
    // The form learns of it as of any other input: it has unsaved changes now.
    queueMicrotask(() => root.current?.dispatchEvent(new Event('input', { bubbles: true })))
  }
  const open = (): void => {
    if (isOpen) return
    setOpen(true)
    setActive(0)
    options.find('')
  }
  return (
    <div
      className="ha-picker"
      ref={root}
      onBlur={(event) => {
        if (event.currentTarget.contains(event.relatedTarget)) return
        setOpen(false)
        setText(undefined)
      }}
    >
      <input type="hidden" name={name} value={chosen?.key ?? ''} />
      <input
        id={id}
        role="combobox"
        aria-label={id === undefined ? label : undefined}
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && items[active] ? `${listId}-${active}` : undefined}
        aria-describedby={describedBy}
        aria-invalid={isInvalid || undefined}
        required={required && chosen === undefined}
        autoComplete="off"
        placeholder="Type to search …"
        value={text ?? chosen?.label ?? ''}
        onFocus={(event) => event.currentTarget.select()}
        onClick={open}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setOpen(true)
          setActive(0)
          options.find(event.currentTarget.value)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && isOpen) {
            setOpen(false)
            setText(undefined)
            event.stopPropagation()
          } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            event.preventDefault()
            if (!isOpen) open()
            else setActive(Math.max(0, Math.min(items.length - 1, active + (event.key === 'ArrowDown' ? 1 : -1))))
          } else if (event.key === 'Enter' && isOpen) {
            event.preventDefault()
            if (items[active]) pick(items[active])
          }
        }}
      />
      {chosen !== undefined && !required && (
        <button type="button" className="ha-clear" aria-label={`Clear ${label}`} onClick={() => pick(undefined)}>
          <Icon name="close" />
        </button>
      )}
      {isOpen && (
        <Options
          id={listId}
          label={label}
          items={items}
          active={active}
          setActive={setActive}
          chosen={chosen?.key}
          pick={pick}
          isLoading={isLoading}
          note={items.length === 0 ? (isLoading ? 'Searching …' : 'Nothing found.') : more ? 'Type more to narrow it down.' : undefined}
        />
      )}
    </div>
  )
}

interface FoundOptions extends Choices {
  isLoading: boolean
  find(text: string): void
}

/** Asks for choices as somebody types: not for each letter, and never showing an older answer over a newer one. */
export function useOptions(slug: string, first: Choices | undefined): FoundOptions {
  const [choices, setChoices] = useState<Choices>(first ?? { items: [], more: false })
  const [isLoading, setLoading] = useState(false)
  const asked = useRef<AbortController>(undefined)
  useEffect(() => () => asked.current?.abort(), [])
  const find = (text: string): void => {
    asked.current?.abort()
    if (text === '' && first) return setChoices(first)
    const controller = (asked.current = new AbortController())
    setLoading(true)
    const ask = async (): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, 150))
      if (controller.signal.aborted) return
      const response = await fetch(`/admin/-/pick/${slug}?${new URLSearchParams({ q: text }).toString()}`, { signal: controller.signal })
      if (!response.ok) throw new Error(`No choices: ${response.status}`)
      setChoices((await response.json()) as Choices)
      setLoading(false)
    }
    ask().catch(() => {
      if (!controller.signal.aborted) setLoading(false)
    })
  }
  return { ...choices, isLoading, find }
}
