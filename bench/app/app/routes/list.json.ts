import type { LoaderArgs } from 'hotclub'
import { PAGE_SIZE } from '../lib/films.ts'

export async function GET({ db }: LoaderArgs<'/list.json'>) {
  return await db.film.findMany({ orderBy: { id: 'desc' }, take: PAGE_SIZE, include: { director: { select: { name: true } } } })
}
