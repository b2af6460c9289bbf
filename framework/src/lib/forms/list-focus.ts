import { type RefObject, useEffect, useRef } from 'react'
import type { ListOperation } from './list-operations.ts'

/** Where focus goes once a button has changed a list. */
export interface ListFocus {
  /** The element that holds the items, one child each. */
  items: RefObject<HTMLOListElement | null>
  /** Says what is being done; focus follows when the items have changed. */
  after(operation: Pick<ListOperation, 'kind' | 'index'>): void
}

/**
 * Keeps focus where the work is, though the button that was pressed may be gone, turned off or somewhere else: in the first field of a new
 * item, on the same button of a moved one, and on that of the item that took the place of a removed one.
 */
export function useListFocus(): ListFocus {
  const items = useRef<HTMLOListElement>(null)
  const last = useRef<Pick<ListOperation, 'kind' | 'index'> | undefined>(undefined)
  useEffect(() => {
    const operation = last.current
    const list = items.current
    if (!operation || !list) return
    last.current = undefined
    target(list, operation)?.focus()
  })
  return { items, after: (operation) => (last.current = operation) }
}

function target(list: HTMLOListElement, { kind, index }: Pick<ListOperation, 'kind' | 'index'>): HTMLElement | null | undefined {
  const find = (at: number, selector: string): HTMLElement | null | undefined => list.children[at]?.querySelector<HTMLElement>(selector)
  const button = (at: number, name: ListOperation['kind']) => find(at, `:scope > .field-item-actions > [value^="${name}:"]:enabled`)
  switch (kind) {
    case 'add':
      return find(list.children.length - 1, ':is(input:not([type="hidden"]), select, textarea, button):enabled')
    case 'remove':
      return button(Math.min(index, list.children.length - 1), 'remove') ?? list.closest('fieldset')
    case 'up':
    case 'down': {
      const place = index + (kind === 'up' ? -1 : 1)
      return button(place, kind) ?? button(place, kind === 'up' ? 'down' : 'up')
    }
  }
}
