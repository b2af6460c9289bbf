import type { ViewProps } from 'hotclub'
import { newest } from '../lib/films.ts'
import { FilmList } from '../lib/list.tsx'

export const loader = () => ({ films: newest })
export const head = { title: 'Films' }

export default function Memory({ data }: ViewProps<typeof loader>) {
  return <FilmList films={data.films} />
}
