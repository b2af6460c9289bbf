import { type FormEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { useHydrated } from '../view/use-hydrated.ts'
import type { DeviceAnswer } from './browser/passkey.ts'

export interface PasskeyOptions {
  /** What the device is to do. */
  task: 'make' | 'use'
  /** Path that gives what to ask the device for. */
  optionsFrom: string
  /** Whether the form is being sent. */
  pending: boolean
  /** Whether the browser offers passkeys where the page asks for the address, too (default: `false`). */
  autofill?: boolean
}

export interface UsedPasskey {
  /** Whether a script runs here, in a browser that knows passkeys. Without, the form is of no use. */
  isReady: boolean
  /** Whether a device is being asked. */
  isAsking: boolean
  /** Why the device gave no answer. */
  complaint: string | undefined
  /** For the hidden field `credential` of the form. */
  field: RefObject<HTMLInputElement | null>
  /** For the form: asks the device, and sends the form when it has answered. */
  onSubmit(event: FormEvent): void
}

/** Has a form ask a device before it is sent. */
export function usePasskey({ task, optionsFrom, pending, autofill = false }: PasskeyOptions): UsedPasskey {
  const isReady = useHydrated() && 'PublicKeyCredential' in globalThis
  const field = useRef<HTMLInputElement>(null)
  const [isAsking, setAsking] = useState(false)
  const [complaint, setComplaint] = useState<string | undefined>()

  const take = (answer: DeviceAnswer | undefined): void => {
    if (!answer?.ok) return setComplaint(answer?.complaint)
    const { current } = field
    if (!current?.form) return
    current.value = answer.text
    current.form.requestSubmit()
    // It was read, and is good for once.
    current.value = ''
  }

  useEffect(() => {
    // Offered anew when the form comes back: what was asked before has been answered.
    if (!isReady || !autofill || pending) return undefined
    const device = import('./browser/passkey.ts')
    void device.then(async ({ offerPasskey }) => {
      const answer = await offerPasskey(optionsFrom)
      // Nobody has asked for it yet, so what went wrong is nothing to complain of.
      if (answer?.ok) take(answer)
    })
    return () => void device.then(({ stopAsking }) => stopAsking())
  }, [isReady, autofill, optionsFrom, pending])

  return {
    isReady,
    isAsking,
    complaint,
    field,
    onSubmit(event) {
      if (field.current?.value !== '') return
      event.preventDefault()
      if (isAsking) return
      setAsking(true)
      setComplaint(undefined)
      void import('./browser/passkey.ts')
        .then(({ askForPasskey, makePasskey }) => (task === 'make' ? makePasskey : askForPasskey)(optionsFrom))
        .then(take)
        .finally(() => setAsking(false))
    },
  }
}
