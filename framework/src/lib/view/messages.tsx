import { useState, type ReactNode } from 'react'
import type { Message } from '../core/messages.ts'
import { usePageContext } from './router.ts'
import { useHydrated } from './use-hydrated.ts'

const none: Message[] = []

/** What the server has to tell the visitor on this page: `context.messages`, each once. */
export function useMessages(): Message[] {
  return usePageContext().page.messages ?? none
}

/**
 * The messages of the page as a list, each item with its level as `data-level`. Stands once, in `app/root.tsx` or a layout, and is there
 * without messages too: screen readers announce what appears inside a region that they know.
 */
export function Messages(): ReactNode {
  const messages = useMessages()
  // Items of another key are new elements, so what is the same again is announced as well, and so is what the document brought along.
  const [last, setLast] = useState({ messages, turn: 0 })
  if (last.messages !== messages) setLast({ messages, turn: last.turn + 1 })
  const isAlive = useHydrated()
  return (
    <div aria-live="polite" data-messages="">
      {messages.length > 0 && (
        <ul>
          {messages.map(({ level, text }, index) => (
            <li key={`${isAlive}${last.turn}-${index}`} data-level={level}>
              {text}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
