import { designPoster, POSTER_HEIGHT, POSTER_INNER, POSTER_MARGIN, POSTER_WIDTH, type Motif } from '../lib/poster.ts'

export interface PosterProps {
  title: string
  genre: string | undefined
  year: number | undefined
  className?: string
}

/** A generated poster. Decorative: whatever shows it names the film in text beside it. */
export function Poster({ title, genre, year, className }: PosterProps) {
  const design = designPoster(title, genre, year)
  const caption = [year, genre].filter((part) => part !== undefined).join(' · ')
  return (
    <svg
      className={`poster palette-${design.palette}${className ? ` ${className}` : ''}`}
      viewBox={`0 0 ${POSTER_WIDTH} ${POSTER_HEIGHT}`}
      aria-hidden="true"
      focusable="false"
    >
      <Shapes motif={design.motif} chance={design.chance} />
      <g className="poster-title">
        {design.lines.map((line) => (
          <text
            key={line.y}
            x={POSTER_MARGIN}
            y={line.y}
            fontSize={line.fontSize}
            fontStretch={`${line.stretch}%`}
            textLength={POSTER_INNER}
            lengthAdjust="spacingAndGlyphs"
          >
            {line.text}
          </text>
        ))}
      </g>
      {caption && (
        <text className="poster-caption" x={POSTER_MARGIN} y={design.captionY} fontSize="9">
          {caption}
        </text>
      )}
    </svg>
  )
}

/** Mid-century cut paper: two or three flat shapes, bleeding off the edges. */
function Shapes({ motif, chance: [a, b, c] }: { motif: Motif; chance: [number, number, number] }) {
  const at = (chance: number, low: number, high: number) => Math.round(low + chance * (high - low))
  switch (motif) {
    case 'sun':
      return (
        <>
          <circle className="pa" cx={at(a, 40, 160)} cy={at(b, 170, 205)} r={at(c, 58, 96)} />
          <path className="pb" d={`M0 ${at(b, 205, 235)}H200V300H0Z`} />
        </>
      )
    case 'eclipse': {
      const x = at(a, 60, 140)
      const y = at(b, 110, 190)
      const r = at(c, 62, 92)
      return (
        <>
          <circle className="pa" cx={x} cy={y} r={r} />
          <circle className="p0" cx={x + at(b, -38, 38)} cy={y - at(a, 8, 34)} r={r * 0.92} />
          <circle className="pb" cx={x} cy={y} r={at(c, 5, 11)} />
        </>
      )
    }
    case 'rings': {
      const x = at(a, 0, 200)
      const y = at(b, 90, 210)
      return (
        <g className="pa-line" strokeWidth={at(c, 7, 14)}>
          {[22, 52, 82, 112, 142, 172].map((r) => (
            <circle key={r} cx={x} cy={y} r={r} />
          ))}
          <circle className="pb" cx={x} cy={y} r="9" stroke="none" />
        </g>
      )
    }
    case 'bands': {
      const lean = at(a, -90, 90)
      const width = at(b, 16, 30)
      return (
        <>
          {[0, 1, 2, 3].map((i) => (
            <path key={i} className={i === 1 ? 'pb' : 'pa'} d={`M${i * 62 - lean / 2 - 20} 300l${lean} -300h${width}l${-lean} 300Z`} />
          ))}
        </>
      )
    }
    case 'peaks': {
      const top = at(a, 90, 140)
      const x = at(b, 40, 160)
      return (
        <>
          <circle className="pb" cx={200 - x} cy={top + at(c, 0, 30)} r={at(c, 18, 34)} />
          <path className="pa" d={`M${x - 130} 300L${x} ${top}L${x + 130} 300Z`} />
          <path className="pb" d={`M${x - 150} 300L${x - 60} ${top + 70}L${x + 40} 300Z`} />
          <path className="p0" d={`M${x - 15} 300L${x + 75} ${top + 95}L${x + 180} 300Z`} />
        </>
      )
    }
    case 'split': {
      const r = at(c, 55, 85)
      const y = at(b, 120, 180)
      const x = at(a, 80, 120)
      return (
        <>
          <path className="pa" d={`M${x} 0H200V300H${x}Z`} />
          <path className="pb" d={`M${x} ${y - r}a${r} ${r} 0 0 0 0 ${2 * r}Z`} />
          <path className="p0" d={`M${x} ${y - r}a${r} ${r} 0 0 1 0 ${2 * r}Z`} />
        </>
      )
    }
    case 'pair': {
      const r = at(c, 52, 70)
      const y = at(b, 130, 175)
      const gap = at(a, 24, 42)
      return (
        <>
          <circle className="pa" cx={100 - gap} cy={y} r={r} />
          <circle className="pb blend" cx={100 + gap} cy={y + at(a, -20, 20)} r={r} />
        </>
      )
    }
    case 'tunnel': {
      const turn = at(a, -24, 24)
      return (
        <g className="pa-line" strokeWidth={at(c, 5, 9)} transform={`translate(100 ${at(b, 120, 180)})`}>
          {[150, 118, 88, 60, 34].map((size, i) => (
            <rect key={size} x={-size} y={-size * 1.3} width={size * 2} height={size * 2.6} transform={`rotate(${turn * i * 0.4})`} />
          ))}
          <rect className="pb" x="-11" y="-15" width="22" height="30" stroke="none" transform={`rotate(${turn * 2})`} />
        </g>
      )
    }
    case 'bars':
      return (
        <>
          {[0, 1, 2, 3, 4, 5, 6].map((i) => {
            const height = 60 + Math.round(120 * Math.abs(Math.sin(a * 9 + i * (0.7 + b))))
            return (
              <rect
                key={i}
                className={i === Math.floor(c * 7) ? 'pb' : 'pa'}
                x={12 + i * 26}
                y={150 - height / 2}
                width="20"
                height={height}
              />
            )
          })}
        </>
      )
    case 'dots': {
      const marked = Math.floor(a * 35)
      return (
        <>
          <path className="pa-dots" d={[0, 1, 2, 3, 4, 5, 6].map((row) => `M28 ${48 + row * 36}h150`).join('')} />
          <circle className="pb" cx={28 + (marked % 5) * 36} cy={48 + Math.floor(marked / 5) * 36} r={at(b, 22, 40)} />
        </>
      )
    }
    case 'rays': {
      const x = at(a, 20, 180)
      const y = at(b, 120, 220)
      const rays = Array.from({ length: 12 }, (_, i) => {
        const from = ((i + c) * Math.PI) / 6
        const end = (angle: number) => `${Math.round(x + 340 * Math.cos(angle))} ${Math.round(y + 340 * Math.sin(angle))}`
        return `M${x} ${y}L${end(from)}L${end(from + Math.PI / 12)}Z`
      })
      return (
        <>
          <path className="pa" d={rays.join('')} />
          <circle className="pb" cx={x} cy={y} r={at(c, 26, 44)} />
        </>
      )
    }
    case 'waves': {
      const wave = (y: number, lift: number) => `M0 ${y}q50 ${-lift} 100 0t100 0V300H0Z`
      const y = at(a, 110, 150)
      return (
        <>
          <circle className="pb" cx={at(b, 40, 160)} cy={y - 20} r={at(c, 24, 46)} />
          <path className="pa" d={wave(y, at(b, 20, 60))} />
          <path className="pb" d={wave(y + 50, at(c, -50, -20))} />
          <path className="p0" d={wave(y + 96, at(a, 20, 50))} />
        </>
      )
    }
  }
}
