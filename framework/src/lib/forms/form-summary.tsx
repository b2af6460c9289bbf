import { useLayoutEffect, useRef, type ReactNode } from 'react'
import { fieldId, type FormScope, useFormScope } from './form-context.ts'
import { nodeAt } from './names.ts'

/**
 * What is wrong with a form, on one spot: messages about the whole of it, and a link to each field. It takes focus when the form comes back, so
 * that whoever does not see it hears it.
 */
export function FormSummary(): ReactNode {
  const scope = useFormScope('FormSummary')
  const { state } = scope
  const element = useRef<HTMLDivElement>(null)
  const fields = Object.entries(state?.errors ?? {})
  const isShown = state !== undefined && (fields.length > 0 || state.formErrors.length > 0)
  useLayoutEffect(() => {
    if (isShown) element.current?.focus()
  }, [state, isShown])
  if (!isShown) return null
  return (
    // oxlint-disable-next-line jsx-a11y/no-autofocus -- the form came back; where no script runs, only this brings its reader there
    <div ref={element} className="form-summary" role="alert" tabIndex={-1} autoFocus>
      {state.formErrors.map((message) => (
        <p key={message}>{message}</p>
      ))}
      {fields.length > 0 && (
        <>
          <p>{fields.length === 1 ? 'One field needs your attention:' : `${fields.length} fields need your attention:`}</p>
          <ul>
            {fields.map(([name, messages]) => (
              <li key={name}>
                <a href={`#${fieldId(scope, name)}`}>{labelOf(scope, name)}</a>
                {`: ${messages.join(' ')}`}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

/** `Cast 2, role`: labels along the way, so that fields of several items are told apart. */
function labelOf({ node }: FormScope, name: string): string {
  const labels: string[] = []
  for (const match of name.matchAll(/[.[\]]|$/g)) {
    const part = name.slice(0, match.index)
    if (match[0] === ']') labels.push(`${labels.pop() ?? ''} ${Number(/\[(\d+)$/.exec(part)![1]) + 1}`)
    else if (!part.endsWith(']')) {
      const label = nodeAt(node, part)?.label
      if (label) labels.push(labels.length === 0 ? label : label.charAt(0).toLowerCase() + label.slice(1))
    }
  }
  return labels.join(', ') || name
}
