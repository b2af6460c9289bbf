import { stackLines, stretchLine } from '../lib/stretch.ts'

const WIDTH = 640
const GAP = 16

/**
 * A headline set like a poster: every line fills the width.
 *
 * @param lines Drawn in capitals; `cap` is the height to aim for, of a width of 640
 */
export function Headline({ lines }: { lines: Array<{ text: string; cap: number }> }) {
  const fitted = lines.map(({ text, cap }) => stretchLine(text.toLocaleUpperCase('en-US'), WIDTH, cap))
  const set = stackLines(fitted, GAP)
  return (
    <h1 className="headline">
      <span className="visually-hidden">{lines.map((line) => line.text).join(' ')}</span>
      <svg viewBox={`0 0 ${WIDTH} ${Math.ceil((set.at(-1)?.y ?? 0) + 2)}`} aria-hidden="true">
        {set.map((line) => (
          <text
            key={line.y}
            x="0"
            y={line.y}
            fontSize={line.fontSize}
            fontStretch={`${line.stretch}%`}
            textLength={WIDTH}
            lengthAdjust="spacingAndGlyphs"
          >
            {line.text}
          </text>
        ))}
      </svg>
    </h1>
  )
}
