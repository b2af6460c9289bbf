import { film } from '../app/lib/films.ts'
import type { PrismaClient } from './generated/client/client.ts'

/** 1,000 films of 50 directors. */
export default async function seed(db: PrismaClient): Promise<void> {
  if ((await db.film.count()) > 0) return
  await db.director.createMany({ data: Array.from({ length: 50 }, (_, index) => ({ id: index + 1, name: `Director ${index}` })) })
  await db.film.createMany({
    data: Array.from({ length: 1000 }, (_, index) => {
      const { director, ...columns } = film(index + 1)
      return { ...columns, directorId: Number(director.name.slice(9)) + 1 }
    }),
  })
}
