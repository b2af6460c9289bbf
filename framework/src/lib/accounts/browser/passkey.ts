/** Passkeys in the browser. Loaded when somebody uses one; the library comes along. */
import {
  browserSupportsWebAuthnAutofill,
  startAuthentication,
  startRegistration,
  WebAuthnAbortService,
  WebAuthnError,
} from '@simplewebauthn/browser'

/** What a device has answered, as text for a form; or why not, in words. No words where the visitor has thought better of it. */
export type DeviceAnswer = { ok: true; text: string } | { ok: false; complaint: string | undefined }

/** Has a device make a passkey. @param optionsFrom Path that gives what to ask the device for */
export async function makePasskey(optionsFrom: string): Promise<DeviceAnswer> {
  return await answerOf(async () => await startRegistration({ optionsJSON: await optionsOf(optionsFrom) }))
}

/** Has a device prove that the visitor has a passkey. @param optionsFrom Path that gives what to ask the device for */
export async function askForPasskey(optionsFrom: string): Promise<DeviceAnswer> {
  return await answerOf(async () => await startAuthentication({ optionsJSON: await optionsOf(optionsFrom) }))
}

/**
 * Offers passkeys among what the browser fills into a field with `autocomplete="… webauthn"`, until the visitor takes one or another question is
 * asked. `undefined` where the browser does not do that.
 */
export async function offerPasskey(optionsFrom: string): Promise<DeviceAnswer | undefined> {
  if (!(await browserSupportsWebAuthnAutofill())) return undefined
  return await answerOf(async () => await startAuthentication({ optionsJSON: await optionsOf(optionsFrom), useBrowserAutofill: true }))
}

/** Takes back what a device was asked, if it has not answered yet. */
export function stopAsking(): void {
  WebAuthnAbortService.cancelCeremony()
}

// oxlint-disable-next-line typescript/no-explicit-any -- the device checks it, and the server what comes of it
async function optionsOf(path: string): Promise<any> {
  const response = await fetch(path, { method: 'POST', headers: { accept: 'application/json' } })
  if (!response.ok || response.redirected) throw new Error(`${path} gave ${response.status}.`)
  return await response.json()
}

async function answerOf(ask: () => Promise<object>): Promise<DeviceAnswer> {
  try {
    return { ok: true, text: JSON.stringify(await ask()) }
  } catch (error) {
    return { ok: false, complaint: complaintOf(error) }
  }
}

function complaintOf(error: unknown): string | undefined {
  if (error instanceof WebAuthnError && error.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED')
    return 'This device has a passkey for your account already.'
  // What devices say when the visitor closes their window, and what we say when another question has come in between.
  const isStopped = error instanceof Error && (error.name === 'NotAllowedError' || error.name === 'AbortError')
  return isStopped ? undefined : 'That did not work. Load the page again, or go another way.'
}
