import type { ReactNode } from 'react'
import type { QrDrawing } from './qr.ts'

export interface QrCodeProps extends QrDrawing {
  /** What it is for, to those who do not see it. */
  title: string
}

/** Shows a QR code: black on white whatever the page's colours are, as readers want it. */
export function QrCode({ size, path, title }: QrCodeProps): ReactNode {
  return (
    <svg role="img" aria-label={title} viewBox={`0 0 ${size} ${size}`} width={size * 5} height={size * 5} shapeRendering="crispEdges">
      <title>{title}</title>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
