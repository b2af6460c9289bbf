/** The admin's icons: 16 px, lines of 1.5. */
import type { ReactNode } from 'react'

const paths = {
  search: 'M7 12a5 5 0 1 0 0-10 5 5 0 0 0 0 10m3.6-1.4L14 14',
  plus: 'M8 3v10M3 8h10',
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  close: 'm4 4 8 8m0-8-8 8',
  up: 'M8 13V3.5M4 7.5l4-4 4 4',
  down: 'M8 3v9.5M4 8.500l4 4 4-4',
  open: 'm4 6.500 4 4 4-4',
  left: 'M10 3.500 5.500 8l4.500 4.500',
  right: 'M6 3.500 10.500 8 6 12.500',
  check: 'm3 8.500 3.500 3.500L13 4.500',
  alert: 'M8 5v3.500M8 11v.2M8 14.250a6.250 6.250 0 1 0 0-12.500 6.250 6.250 0 0 0 0 12.500',
  trash: 'M3 4.500h10M6.500 4.500v-2h3v2M4.500 4.500l.5 9h6l.5-9M6.750 7v4M9.250 7v4',
  filter: 'M2.500 4h11M4.500 8h7M6.500 12h3',
  out: 'M6 3H3v10h3M10.500 5 13.500 8l-3 3M13 8H6.500',
  link: 'M9 3h4v4M13 3 7.500 8.500M11 9v4H3V5h4',
} as const

export type IconName = keyof typeof paths

/** An icon beside words, which say the same: hidden from readers of the screen. */
export function Icon({ name }: { name: IconName }): ReactNode {
  return (
    <svg className="ha-icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={paths[name]} fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  )
}
