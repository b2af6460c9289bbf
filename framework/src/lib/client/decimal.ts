import { needsDecimal } from '../view/decode.ts'

type DecimalClass = new (digits: string) => unknown

/** Imports Prisma's `Decimal`. The build gives it, so that it becomes a file of its own. */
export type LoadDecimal = () => Promise<{ Decimal: DecimalClass }>

let load: LoadDecimal | undefined
let Decimal: DecimalClass | undefined

/** Says where `Decimal` comes from; without, decimals stay texts. */
export function setDecimalSource(source: LoadDecimal | undefined): void {
  load = source
}

/** Loads `Decimal`, once, if `text` holds one. Most pages have none and never fetch it. */
export async function prepareDecimal(text: string): Promise<void> {
  if (load && !Decimal && needsDecimal(text)) Decimal = (await load()).Decimal
}

/** Makes a `Decimal`. Call {@link prepareDecimal} with the text it comes from before. */
export function toDecimal(digits: string): unknown {
  return Decimal ? new Decimal(digits) : digits
}
