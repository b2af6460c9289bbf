import { useRef, useState, type ReactNode } from 'react'
import type { Message } from '../core/messages.ts'
import { usePageContext } from './router.ts'
import { useHydrated } from './use-hydrated.ts'

const none: Message[] = []

/** What the server has to tell the visitor on this page: `context.messages`, each once. */
export function useMessages(): Message[] {
  return usePageContext().page.messages ?? none
}

export interface MessagesProps {
  /** Words on a button beside each message that takes it away, where a script runs (default: no button). */
  close?: string
}

/**
 * The messages of the page as a list, each item with its level as `data-level`. Stands once, in `app/root.tsx` or a layout, and is there
 * without messages too: screen readers announce what appears inside a region that they know.
 */
export function Messages({ close }: MessagesProps): ReactNode {
  const messages = useMessages()
  const region = useRef<HTMLDivElement>(null)
  // Items of another key are new elements, so what is the same again is announced as well, and so is what the document brought along.
  const [last, setLast] = useState({ messages, turn: 0 })
  if (last.messages !== messages) setLast({ messages, turn: last.turn + 1 })
  const [closed, setClosed] = useState(none)
  const isAlive = useHydrated()
  const open = messages.filter((message) => !closed.includes(message))
  const shut = (message: Message): void => {
    setClosed([...closed.filter((other) => messages.includes(other)), message])
    // The button goes, and focus would go with it.
    region.current?.focus({ preventScroll: true })
  }
  return (
    <div ref={region} aria-live="polite" data-messages="" tabIndex={close === undefined ? undefined : -1}>
      {open.length > 0 && (
        <ul>
          {open.map((message) => (
            <li key={`${isAlive}${last.turn}-${messages.indexOf(message)}`} data-level={message.level}>
              {message.text}
              {close !== undefined && isAlive && (
                <button type="button" onClick={() => shut(message)}>
                  {close}
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
