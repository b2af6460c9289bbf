/** What the two pickers have in common: an input that opens choices, looks for them as somebody types, and takes one by keyboard. */
import { type ComponentProps, type FocusEvent, useEffect, useId, useRef, useState } from 'react'
import type { Choices } from '../form/choices.ts'
import type { Linked } from '../list/load-list.ts'
import type { OptionsProps } from './options.tsx'

/** Milliseconds without a key before the server is asked. */
const PAUSE = 150

export interface ComboboxOptions {
  slug: string
  label: string
  /** The first choices; asked for where they are not given. */
  first: Choices | undefined
  /** The key of what is chosen. */
  chosen: string | undefined
  /** Rows that are not offered again. */
  without: readonly Linked[]
  pick(item: Linked): void
}

export interface Combobox {
  /** What is being typed; `undefined` while nothing is. */
  text: string | undefined
  isOpen: boolean
  /** Closes the choices and forgets what was typed. */
  close(): void
  /** Of the element around input and choices: leaving it closes them. */
  onBlur(event: FocusEvent): void
  input: ComponentProps<'input'>
  options: OptionsProps
}

export function useCombobox({ slug, label, first, chosen, without, pick }: ComboboxOptions): Combobox {
  const found = useChoices(slug, first)
  const [isOpen, setOpen] = useState(false)
  const [active, setActive] = useState(0)
  const [text, setText] = useState<string>()
  const id = useId()
  const items = found.items.filter(({ key }) => !without.some((item) => item.key === key))
  const look = (typed: string): void => {
    setOpen(true)
    setActive(0)
    found.find(typed)
  }
  const close = (): void => {
    setOpen(false)
    setText(undefined)
  }
  const take = (item: Linked): void => {
    close()
    pick(item)
  }
  return {
    text,
    isOpen,
    close,
    onBlur(event) {
      if (!event.currentTarget.contains(event.relatedTarget)) close()
    },
    input: {
      role: 'combobox',
      'aria-expanded': isOpen,
      'aria-controls': id,
      'aria-autocomplete': 'list',
      'aria-activedescendant': isOpen && items[active] ? `${id}-${active}` : undefined,
      autoComplete: 'off',
      onClick: () => isOpen || look(''),
      onChange(event) {
        setText(event.currentTarget.value)
        look(event.currentTarget.value)
      },
      onKeyDown(event) {
        if (event.key === 'Escape' && isOpen) {
          close()
          event.stopPropagation()
        } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
          event.preventDefault()
          if (!isOpen) look('')
          else setActive(Math.max(0, Math.min(items.length - 1, active + (event.key === 'ArrowDown' ? 1 : -1))))
        } else if (event.key === 'Enter' && isOpen) {
          event.preventDefault()
          if (items[active]) take(items[active])
        }
      },
    },
    options: { id, label, items, active, setActive, chosen, pick: take, isLoading: found.isLoading, note: noteOf(found, items.length) },
  }
}

/** Said below the choices, or in their place. */
function noteOf({ isLoading, hasFailed, more }: Found, count: number): string | undefined {
  if (hasFailed) return 'The choices could not be loaded. Type again to try once more.'
  if (count > 0) return more ? 'Type more to narrow it down.' : undefined
  return isLoading ? 'Searching …' : 'Nothing found.'
}

interface Found extends Choices {
  isLoading: boolean
  hasFailed: boolean
  find(text: string): void
}

/** Asks for choices as somebody types: not for each letter, and never showing an older answer over a newer one. */
function useChoices(slug: string, first: Choices | undefined): Found {
  const [choices, setChoices] = useState<Choices>(first ?? { items: [], more: false })
  const [state, setState] = useState<'idle' | 'loading' | 'failed'>('idle')
  const asked = useRef<AbortController>(undefined)
  useEffect(() => () => asked.current?.abort(), [])
  const ask = async (text: string, signal: AbortSignal): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, PAUSE))
    if (signal.aborted) return
    const response = await fetch(`/admin/-/pick/${slug}?${new URLSearchParams({ q: text }).toString()}`, { signal })
    if (!response.ok) throw new Error(`No choices: ${response.status}`)
    const answer = (await response.json()) as Choices
    if (signal.aborted) return
    setChoices(answer)
    setState('idle')
  }
  const find = (text: string): void => {
    asked.current?.abort()
    if (text === '' && first) {
      setChoices(first)
      setState('idle')
      return
    }
    const { signal } = (asked.current = new AbortController())
    setState('loading')
    ask(text, signal).catch(() => {
      if (!signal.aborted) setState('failed')
    })
  }
  return { ...choices, isLoading: state === 'loading', hasFailed: state === 'failed', find }
}
