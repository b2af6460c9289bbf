/** What everybody uses for a password: a list of 49,000, loaded when first asked, and what its makers left to other rules. */

/** What the keys of a US keyboard give with shift and without. */
const shifted = '~!@#$%^&*()_+{}|:"<>?'
const plain = "`1234567890-=[]\\;',./"

let list: Promise<ReadonlySet<string>> | undefined

/**
 * Whether a password is among those that are tried first, in whatever case: it stands in the list, as it is, backwards or typed with shift
 * held down, repeats something short or listed, or counts up or down.
 */
export async function isCommonPassword(password: string): Promise<boolean> {
  const text = password.trim().toLowerCase()
  if (text.length < 2 || isRun(text)) return true
  const unit = repeatedUnit(text)
  if (unit !== text && unit.length <= 4) return true
  const common = await (list ??= loadList())
  return [text, unit, withoutShift(text), Array.from(text).reverse().join('')].some((form) => common.has(form))
}

async function loadList(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  return new Set(dictionary['passwords-common'])
}

/** Whether each character is the one before, or all follow each other up or down: `aaaa`, `4567`, `dcba`. */
function isRun(text: string): boolean {
  const step = text.charCodeAt(1) - text.charCodeAt(0)
  if (Math.abs(step) > 1) return false
  for (let index = 1; index < text.length; index++) if (text.charCodeAt(index) - text.charCodeAt(index - 1) !== step) return false
  return true
}

/** The shortest text that gives `text` when it is repeated: `ab` of `ababab`, `abc` of `abc`. */
function repeatedUnit(text: string): string {
  return text.slice(0, (text + text).indexOf(text, 1))
}

function withoutShift(text: string): string {
  return text.replace(/./gu, (character) => {
    const key = shifted.indexOf(character)
    return key === -1 ? character : plain.charAt(key)
  })
}
