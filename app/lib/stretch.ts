/** Sets a line of capitals to a width, with the display face's own width axis (50 % to 150 %, heavy weight). */

/** Height of a capital in ems. */
const CAP_HEIGHT = 0.68
const NARROWEST = 50
const WIDEST = 150

export interface StretchedLine {
  text: string
  /** Height of the capitals. */
  cap: number
  fontSize: number
  /** Percent of the normal width. */
  stretch: number
}

/**
 * Stretches a line to a width; where the face is not narrow or wide enough, the height gives way.
 *
 * @param cap Height of the capitals to aim for, in the unit of `width`
 * @param tallest Never higher than this
 */
export function stretchLine(text: string, width: number, cap: number, tallest = Infinity): StretchedLine {
  const ems = widthInEms(text)
  const low = (CAP_HEIGHT * width) / (ems * advance(WIDEST))
  const high = Math.min((CAP_HEIGHT * width) / (ems * advance(NARROWEST)), tallest)
  const height = clamp(cap, low, high)
  const fontSize = height / CAP_HEIGHT
  const stretch = clamp(NARROWEST + (width / (ems * fontSize) - advance(NARROWEST)) / SLOPE, NARROWEST, WIDEST)
  return { text, cap: height, fontSize: tenths(fontSize), stretch: Math.round(stretch) }
}

/** A line that knows where it stands. */
export interface StackedLine extends StretchedLine {
  /** Baseline. */
  y: number
}

/**
 * Sets lines below each other.
 *
 * @param gap Between the baseline of a line and the capitals of the next
 * @param top Where the capitals of the first line begin
 */
export function stackLines(lines: StretchedLine[], gap: number, top = 0): StackedLine[] {
  let y = top - gap
  return lines.map((line) => {
    y += gap + line.cap
    return { ...line, y: tenths(y) }
  })
}

/** An average capital grows evenly with the stretch. */
const SLOPE = 0.00736
function advance(stretch: number): number {
  return 0.323 + (stretch - NARROWEST) * SLOPE
}

/** Width of a line in average capitals. */
function widthInEms(text: string): number {
  let width = 0
  for (const letter of text) width += letter === ' ' ? 0.35 : "I.,:;!'’|1".includes(letter) ? 0.48 : 'MW'.includes(letter) ? 1.55 : 1
  return width
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high)
}

/** Rounded to a tenth: enough for a drawing, and short in the markup. */
function tenths(value: number): number {
  return Math.round(value * 10) / 10
}
