/**
 * Fills Matinée with the films of vega-datasets, with demo reviews, and, outside production, with members. Run by `hotclub seed`.
 *
 * Running it again adds what is missing and changes nothing that is there. What was decided about odd values stands in
 * docs/decisions/003-what-the-seed-makes-of-odd-values.md.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { PrismaClient } from './generated/client/client.ts'
import { demoReviews } from './seed/demo-reviews.ts'
import { readFilms, type SourceRow } from './seed/films.ts'
import { seedDemoMembers, seedModerators, wantsDemoMembers } from './seed/members.ts'
import { assignSlugs } from './seed/slugs.ts'

export default async function seed(db: PrismaClient): Promise<void> {
  // The package exports only its code; the data stands beside it.
  const folder = createRequire(import.meta.url)
    .resolve('vega-datasets')
    .replace(/(node_modules.vega-datasets).*$/s, '$1')
  const file = join(folder, 'data', 'movies.json')
  const films = readFilms(JSON.parse(readFileSync(file, 'utf8')) as SourceRow[])

  const people = await seedNames(
    db.person,
    films.map((film) => film.director),
  )
  const distributors = await seedNames(
    db.distributor,
    films.map((film) => film.distributor),
  )
  const genres = await seedNames(
    db.genre,
    films.map((film) => film.genre),
  )

  const known = new Set((await db.movie.findMany({ select: { slug: true } })).map((movie) => movie.slug))
  const missing = films.filter((film) => !known.has(film.slug))
  await inBatches('films', missing, async (batch) => {
    // All or nothing: a film without its genre would pass for complete the next time.
    await db.$transaction(async (tx) => {
      const genreOf = new Map<string, string | null>()
      const data = batch.map(({ director, distributor, genre, ...columns }) => {
        genreOf.set(columns.slug, genre)
        return {
          ...columns,
          directorId: director === null ? null : people.get(director)!,
          distributorId: distributor === null ? null : distributors.get(distributor)!,
        }
      })
      const rows = await tx.movie.createManyAndReturn({ data, select: { id: true, slug: true } })
      // A row of the table between films and genres for each, in one statement; `connect` would take one update a film.
      const pairs = rows.flatMap(({ id, slug }) => {
        const genre = genreOf.get(slug)
        return genre ? [`(${genres.get(genre)!}, ${id})`] : []
      })
      if (pairs.length > 0) await tx.$executeRawUnsafe(`INSERT INTO "_GenreToMovie" ("A", "B") VALUES ${pairs.join(', ')}`)
    })
  })

  if ((await db.review.count({ where: { isDemo: true, userId: null } })) === 0) {
    const rated = await db.movie.findMany({
      where: { imdbVotes: { gte: 50_000 }, imdbRating: { not: null } },
      orderBy: [{ imdbVotes: 'desc' }, { slug: 'asc' }],
      select: { id: true, slug: true, imdbRating: true },
    })
    await inBatches('demo reviews', demoReviews(rated), async (batch) => void (await db.review.createMany({ data: batch })))
  }
  await seedModerators(db)
  const members = wantsDemoMembers(process.env) ? await seedDemoMembers(db) : 0
  if (members > 0) console.log(`Seeded: ${members} demo members, who all have the password that the README names.`)
  const count = await db.movie.count()
  console.log(`Seeded: ${count.toLocaleString('en')} films in the database, ${missing.length.toLocaleString('en')} of them new.`)
}

/** What people, distributors and genres have in common. */
interface NamedTable {
  findMany(args: { select: { id: true; name: true; slug: true } }): Promise<{ id: number; name: string; slug: string }[]>
  createMany(args: { data: { name: string; slug: string }[] }): Promise<unknown>
}

/** Adds the names that are missing, and gives the id of each. */
async function seedNames(table: NamedTable, all: (string | null)[]): Promise<Map<string, number>> {
  const names = [...new Set(all.filter((name) => name !== null))]
  const slugs = assignSlugs(names.map((name) => ({ text: name })))
  const read = async (): Promise<Map<string, number>> =>
    new Map((await table.findMany({ select: { id: true, name: true, slug: true } })).map((row) => [row.name, row.id]))
  const known = await read()
  const missing = names.flatMap((name, i) => (known.has(name) ? [] : [{ name, slug: slugs[i]! }]))
  if (missing.length === 0) return known
  await table.createMany({ data: missing })
  return read()
}

/** Works through a list in steps, saying how far it is. */
async function inBatches<T>(what: string, items: T[], write: (batch: T[]) => Promise<void>): Promise<void> {
  const size = 400
  for (let start = 0; start < items.length; start += size) {
    await write(items.slice(start, start + size))
    const line = `Seeding ${what}: ${Math.min(start + size, items.length)} of ${items.length}`
    if (process.stdout.isTTY) process.stdout.write(`\r${line}`)
    else console.log(line)
  }
  if (process.stdout.isTTY && items.length > 0) process.stdout.write('\n')
}
