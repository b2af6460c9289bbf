import type { ReactNode } from 'react'
import type { UsedPasskey } from './use-passkey.ts'

/** What a form that asks a device has beside its fields: the place for the answer, and why there was none. */
export function PasskeyFields({ field, complaint }: UsedPasskey): ReactNode {
  return (
    <>
      <input ref={field} type="hidden" name="credential" defaultValue="" />
      {complaint !== undefined && (
        <p className="form-summary" role="alert">
          {complaint}
        </p>
      )}
    </>
  )
}
