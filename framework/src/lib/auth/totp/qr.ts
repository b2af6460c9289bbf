import { encode } from 'uqr'

/** A QR code as a drawing, in squares. */
export interface QrDrawing {
  /** Width and height, the white border included. */
  size: number
  /** The dark squares: the `d` of an SVG path. */
  path: string
}

/** White squares around a code, without which readers do not find it. */
const border = 4

/** Draws a text as a QR code that is read with a part of it missing. `<QrCode>` shows it. */
export function drawQr(text: string): QrDrawing {
  const { data, size } = encode(text, { ecc: 'M', border })
  let path = ''
  data.forEach((row, y) => {
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue
      const start = x
      while (row[x + 1]) x++
      const width = x - start + 1
      path += `M${start} ${y}h${width}v1h-${width}z`
    }
  })
  return { size, path }
}
