import type { ReactNode } from 'react'
import type { Linked } from '../list/load-list.ts'

export interface OptionsProps {
  id: string
  label: string
  items: readonly Linked[]
  /** The one that Enter takes. */
  active: number
  setActive(index: number): void
  chosen: string | undefined
  pick(item: Linked): void
  /** Said below the options, or in their place. */
  note: string | undefined
  isLoading: boolean
}

/** What can be chosen, below the input that looks for it. The keyboard stays in the input, which says by `aria-activedescendant` where it is. */
export function Options({ id, label, items, active, setActive, chosen, pick, note, isLoading }: OptionsProps): ReactNode {
  return (
    <div className="ha-options">
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- no element of HTML offers choices that are looked for */}
      <div role="listbox" id={id} aria-label={label} aria-busy={isLoading}>
        {items.map((item, index) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the input hears the keys
          <div
            key={item.key}
            id={`${id}-${index}`}
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- as above
            role="option"
            tabIndex={-1}
            aria-selected={item.key === chosen}
            data-active={index === active ? '' : undefined}
            onPointerDown={(event) => event.preventDefault()}
            onPointerMove={() => setActive(index)}
            onClick={() => pick(item)}
          >
            {item.label}
          </div>
        ))}
      </div>
      {note !== undefined && <p>{note}</p>}
    </div>
  )
}
