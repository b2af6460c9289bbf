import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { verifyPassword } from 'hotclub/auth'
import { createDb } from 'hotclub/db'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PrismaClient as Client } from './generated/client/client.ts'
import { readReleaseDate, readTitle } from './seed/films.ts'
import { assignSlugs, slugify } from './seed/slugs.ts'

const root = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'matinee-seed-'))
const url = `file:${folder}/seed.db`
let db: Client

function hotclub(args: string[], env: NodeJS.ProcessEnv = {}): string {
  const command = join(root, 'framework/bin/hotclub.js')
  return execFileSync(process.execPath, ['--conditions=hotclub-source', command, ...args], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: url, ...env },
    encoding: 'utf8',
  })
}

beforeAll(async () => {
  hotclub(['generate'])
  hotclub(['migrate', 'apply'])
  hotclub(['seed'], { NODE_ENV: 'production' })
  const { PrismaClient } = await import('./generated/client/client.ts')
  db = createDb(url, PrismaClient)
})

afterAll(async () => {
  await db.$disconnect()
  rmSync(folder, { recursive: true })
})

async function everything(): Promise<unknown> {
  return Promise.all([
    db.movie.findMany({ include: { genres: true } }),
    db.person.findMany(),
    db.distributor.findMany(),
    db.genre.findMany(),
    db.review.findMany(),
    db.user.findMany({ include: { groups: { include: { permissions: true } } } }),
    db.watchList.findMany({ include: { items: true } }),
  ])
}

describe('seed', () => {
  it('brings every row, with gaps as NULL', async () => {
    expect(await db.movie.count()).toBe(3201)
    const filled = await db.movie.aggregate({
      _count: {
        title: true,
        usGross: true,
        worldwideGross: true,
        usDvdSales: true,
        budget: true,
        rating: true,
        runtime: true,
        source: true,
        creativeType: true,
        rottenTomatoes: true,
        imdbRating: true,
        imdbVotes: true,
        directorId: true,
        distributorId: true,
      },
    })
    // Counted in the file.
    expect(filled._count).toEqual({
      title: 3200,
      usGross: 3194,
      worldwideGross: 3194,
      usDvdSales: 564,
      budget: 3200,
      rating: 2596,
      runtime: 1209,
      source: 2836,
      creativeType: 2755,
      rottenTomatoes: 2321,
      imdbRating: 2988,
      imdbVotes: 2988,
      directorId: 1870,
      distributorId: 2969,
    })
    expect(await db.movie.count({ where: { genres: { some: {} } } })).toBe(2926)
    expect([await db.person.count(), await db.distributor.count(), await db.genre.count()]).toEqual([550, 174, 12])
  })

  it('keeps values as they are: money beyond 32 bits, mapped ratings, relations', async () => {
    const film = await db.movie.findUniqueOrThrow({
      where: { slug: 'avatar' },
      include: { director: true, distributor: true, genres: true },
    })
    expect(film).toMatchObject({
      title: 'Avatar',
      rating: 'PG_13',
      worldwideGross: 2767891499n,
      imdbRating: 8.3,
      director: { name: 'James Cameron' },
      genres: [{ name: 'Action' }],
    })
    expect(await db.movie.count({ where: { rating: 'NC_17' } })).toBe(8)
  })

  it('writes numeric titles as text', async () => {
    const titles = (
      await db.movie.findMany({
        where: { slug: { in: ['1776', '1941', '1408', '2012', '2046', '21', '300', '9', '54'] } },
        select: { title: true },
      })
    ).map((film) => film.title)
    expect(new Set(titles)).toEqual(new Set(['1776', '1941', '1408', '2012', '2046', '21', '300', '9', '54']))
  })

  it('leaves no film in the future and none without a date but those that have none', async () => {
    expect(await db.movie.count({ where: { released: { gte: new Date('2012-01-01') } } })).toBe(0)
    expect(await db.movie.count({ where: { released: null } })).toBe(8)
    expect((await db.movie.findUniqueOrThrow({ where: { slug: 'gone-with-the-wind' } })).released).toEqual(new Date('1939-12-15'))
  })

  it('marks demo reviews as such', async () => {
    expect(await db.review.count()).toBeGreaterThan(200)
    expect(await db.review.count({ where: { isDemo: false } })).toBe(0)
    expect(await db.review.count({ where: { OR: [{ stars: { lt: 1 } }, { stars: { gt: 10 } }] } })).toBe(0)
  })

  it('makes nobody in production whose password is known, and a group without members', async () => {
    expect(await db.user.count()).toBe(0)
    expect(await db.group.findMany({ include: { permissions: { orderBy: { name: 'asc' } } } })).toMatchObject([
      { name: 'Moderators', permissions: [{ name: 'review.change' }, { name: 'review.delete' }, { name: 'review.moderate' }] },
    ])
  })

  it('brings members elsewhere, one of them a moderator, with reviews and lists of their own', async () => {
    hotclub(['seed'])
    const vera = await db.user.findUniqueOrThrow({
      where: { email: 'vera@matinee.example' },
      include: { groups: true, lists: true, _count: { select: { reviews: true } } },
    })
    const tomas = await db.user.findUniqueOrThrow({ where: { email: 'tomas@matinee.example' }, include: { groups: true } })

    expect(vera).toMatchObject({ groups: [{ name: 'Moderators' }], isStaff: false, isSuperuser: false, _count: { reviews: 2 } })
    expect(new Set(vera.lists.map(({ isPublic }) => isPublic))).toEqual(new Set([true, false]))
    expect(tomas.groups).toEqual([])
    expect((await verifyPassword('slow-afternoon', tomas.password)).isCorrect).toBe(true)
    expect(await db.review.count({ where: { status: 'PENDING' } })).toBe(2)
  })

  it('changes nothing when it runs again, not even updatedAt', async () => {
    const before = await everything()
    expect(hotclub(['seed'])).toContain('0 of them new')
    expect(await everything()).toEqual(before)
  })

  it('brings back what is missing and leaves alone what was edited', async () => {
    await db.movie.delete({ where: { slug: 'avatar' } })
    await db.movie.update({ where: { slug: 'alien' }, data: { title: 'Mine' } })
    await db.user.update({ where: { email: 'tomas@matinee.example' }, data: { name: 'Mine' } })
    await db.review.deleteMany({ where: { user: { name: 'Mine' } } })
    hotclub(['seed'])
    expect(await db.movie.count()).toBe(3201)
    expect(await db.review.count({ where: { user: { name: 'Mine' } } })).toBe(0)
    expect((await db.movie.findUniqueOrThrow({ where: { slug: 'alien' } })).title).toBe('Mine')
  })
})

describe('readReleaseDate', () => {
  it('reads both forms of the data', () => {
    expect(readReleaseDate('Jun 12 1998')).toEqual(new Date('1998-06-12'))
    expect(readReleaseDate('7-Aug-98')).toEqual(new Date('1998-08-07'))
    expect(readReleaseDate('1-Jan-15')).toEqual(new Date('1915-01-01'))
    expect(readReleaseDate('25-Dec-09')).toEqual(new Date('2009-12-25'))
  })

  it('puts years after the data was made into the century before', () => {
    expect(readReleaseDate('Dec 15 2039')).toEqual(new Date('1939-12-15'))
    expect(readReleaseDate('Feb 08 2015')).toEqual(new Date('1915-02-08'))
    expect(readReleaseDate('Dec 23 2011')).toEqual(new Date('2011-12-23'))
  })

  it('takes the zero of the clock for no date, and refuses what is none', () => {
    expect(readReleaseDate('Dec 31 1969')).toBeNull()
    expect(readReleaseDate(null)).toBeNull()
    expect(() => readReleaseDate('Feb 30 1999')).toThrow('Feb 30 1999')
    expect(() => readReleaseDate('soon')).toThrow('soon')
  })
})

describe('readTitle', () => {
  it('puts misread letters right', () => {
    expect(readTitle("Le Fabuleux destin d'AmÈlie Poulain")).toBe("Le Fabuleux destin d'Amélie Poulain")
    expect(readTitle('The Naked Gun 2Ω: The Smell of Fear')).toBe('The Naked Gun 2½: The Smell of Fear')
    expect(readTitle('Alien³')).toBe('Alien³')
    expect(readTitle(1776)).toBe('1776')
    expect(readTitle(null)).toBeNull()
  })
})

describe('assignSlugs', () => {
  it('tells films of one title apart by year, whatever their order', () => {
    const films = [
      { text: 'Hamlet', year: 1996 },
      { text: 'Hamlet', year: 2000 },
      { text: 'Heat', year: 1995 },
    ]
    expect(assignSlugs(films)).toEqual(['hamlet-1996', 'hamlet-2000', 'heat'])
    expect(assignSlugs(films.toReversed())).toEqual(['heat', 'hamlet-2000', 'hamlet-1996'])
    expect(
      assignSlugs([
        { text: '', year: 2006 },
        { text: '!', year: 2006 },
      ]),
    ).toEqual(['untitled-2006', 'untitled-2006-2'])
  })

  it('keeps to letters, digits and hyphens', () => {
    expect(['Chuck&Buck', 'Ri¢hie Ri¢h', "Ocean's Eleven", '¡Three Amigos!', 'Æon Flux'].map(slugify)).toEqual([
      'chuck-and-buck',
      'richie-rich',
      'oceans-eleven',
      'three-amigos',
      'aeon-flux',
    ])
  })
})
