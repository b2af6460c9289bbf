import type { LoaderArgs, ViewProps } from 'hotclub'
import { PAGE_SIZE } from '../lib/films.ts'
import { FilmList } from '../lib/list.tsx'

export async function loader({ db }: LoaderArgs<'/database'>) {
  return { films: await db.film.findMany({ orderBy: { id: 'desc' }, take: PAGE_SIZE, include: { director: { select: { name: true } } } }) }
}
export const head = { title: 'Films' }

export default function Database({ data }: ViewProps<typeof loader>) {
  return <FilmList films={data.films} />
}
