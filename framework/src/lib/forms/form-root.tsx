import { type RefObject, useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react'
import type { ZodType } from 'zod'
import { Form } from '../view/form.tsx'
import { ACTION_FIELD, FORM_FIELD, type FormState, hasFile } from '../view/form-node.ts'
import type { PagePayload } from '../view/payload.ts'
import { usePageContext } from '../view/router.ts'
import { useHydrated } from '../view/use-hydrated.ts'
import { checkForm, stateOf } from './check-form.ts'
import { FormReactContext, type FormScope } from './form-context.ts'
import { FormSummary } from './form-summary.tsx'
import { toEntries } from './names.ts'
import type { FormProps } from './use-form.tsx'

/** What `useForm` hands to the form it gives. */
export interface FormRootProps {
  scope: FormScope
  /** Which of several forms of the action. */
  id: string
  pending: boolean
  page: PagePayload
  /** Checks the form in the browser first; without, it is sent as it is. */
  schema: ZodType | undefined
  /** Takes what the browser's check found. */
  setState(state: FormState | undefined): void
  attributes: FormProps
}

/** The `<form>` element, the names it needs, and what is wrong with it. */
export function FormRoot({ scope, id, pending, page, schema, setState, attributes }: FormRootProps): ReactNode {
  const { summary = <FormSummary />, children, onSubmit, onInput, ...rest } = attributes
  const { state } = scope
  const round = useRound(pending, page, state)
  const button = useFocusKept(round)
  const check = useBrowserCheck(scope, schema, setState)
  return (
    <Form
      {...rest}
      key={round}
      method="post"
      encType={hasFile(scope.node) ? 'multipart/form-data' : undefined}
      // The whole check stands beside the fields; the browser's bubbles would come before it.
      noValidate={schema !== undefined && check.isReady}
      aria-busy={pending || undefined}
      onSubmit={(event) => {
        onSubmit?.(event)
        if (!event.defaultPrevented) check.submit(event)
      }}
      onInput={(event) => {
        onInput?.(event)
        if (state) check.input(event)
      }}
    >
      <input type="hidden" name={ACTION_FIELD} value={scope.name} />
      {id !== '' && <input type="hidden" name={FORM_FIELD} value={id} />}
      {/* What the Enter key presses: the first button of a form, which may be one that adds to a list. */}
      <button ref={button} type="submit" hidden tabIndex={-1} aria-hidden="true" />
      <FormReactContext value={scope}>
        {summary}
        {children}
      </FormReactContext>
    </Form>
  )
}

/** Counts how often the form was sent with success: each time it begins anew, empty or with the page's new values. */
function useRound(pending: boolean, page: PagePayload, state: FormState | undefined): number {
  const [round, setRound] = useState(0)
  const [sent, setSent] = useState<PagePayload | undefined>()
  if (pending && sent === undefined) setSent(page)
  if (!pending && sent !== undefined) {
    setSent(undefined)
    // The answer is a page of its own; without one the visit was broken off, and what was typed is kept.
    if (page !== sent && state === undefined && page.error === undefined) setRound(round + 1)
  }
  return round
}

/** Gives focus to a form that began anew: what had it is gone, and whoever goes on by keyboard would be at the top of the page. */
function useFocusKept(round: number): RefObject<HTMLButtonElement | null> {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    const form = button.current?.form
    if (round === 0 || !form || document.activeElement !== document.body) return
    form.tabIndex = -1
    form.addEventListener('blur', () => form.removeAttribute('tabindex'), { once: true })
    form.focus({ preventScroll: true })
  }, [round])
  return button
}

interface BrowserCheck {
  /** Whether a script runs here. */
  isReady: boolean
  submit(event: FormEvent<HTMLFormElement>): void
  input(event: FormEvent<HTMLFormElement>): void
}

/** Has the schema check the form before it is sent, and again while what it found is being mended. */
function useBrowserCheck(scope: FormScope, schema: ZodType | undefined, setState: (state: FormState | undefined) => void): BrowserCheck {
  const { router } = usePageContext()
  const isReady = useHydrated()
  const turn = useRef(0)
  const run = async (form: FormData): Promise<FormState | undefined> => {
    const entries = toEntries(form)
    const checked = await checkForm(schema!, scope.node, entries)
    return checked.ok ? undefined : stateOf(scope.name, scope.node, entries, checked.errors)
  }
  return {
    isReady,
    submit(event) {
      const submitter = (event.nativeEvent as SubmitEvent).submitter
      if (!schema || submitter?.hasAttribute('formnovalidate')) return
      event.preventDefault()
      const form = event.currentTarget
      if (form.ariaBusy === 'true') return
      const data = new FormData(form, submitter)
      turn.current += 1
      void run(data).then(async (found) => {
        setState(found)
        if (found) return
        await router.submit(data, { method: 'post', action: form.getAttribute('action') ?? location.href, encType: form.enctype })
      })
    },
    input(event) {
      if (!schema) return
      const mine = ++turn.current
      void run(new FormData(event.currentTarget)).then((found) => {
        if (mine === turn.current) setState(found)
      })
    },
  }
}
