/** Reviews that fill the lists until visitors write some: made by rule, the same each time, and marked as demo. */

export interface DemoReview {
  movieId: number
  author: string
  stars: number
  body: string
  status: 'PUBLISHED'
  isDemo: true
  createdAt: Date
}

const authors = [
  'Ada',
  'Bruno',
  'Chiara',
  'Dev',
  'Emeka',
  'Freya',
  'Goran',
  'Hana',
  'Ines',
  'Jonas',
  'Kirra',
  'Luca',
  'Mei',
  'Nadia',
  'Otis',
  'Priya',
  'Quinn',
  'Rosa',
  'Sven',
  'Tomas',
]

const openings: Record<'high' | 'middle' | 'low', string[]> = {
  high: [
    'One of those evenings when nobody left before the credits ended.',
    'I went in knowing nothing and came out wanting to see it again.',
    'Every scene knows why it is there.',
    'It holds up better each time I see it.',
  ],
  middle: [
    'Good company for a rainy afternoon.',
    'The first hour is stronger than the second, but it never bored me.',
    'Not everything works, and what does is worth the ticket.',
    'I liked it more than my friends did.',
  ],
  low: [
    'I kept looking at my watch.',
    'There is a better film somewhere inside this one.',
    'It tries hard, and that shows in every scene.',
    'The trailer promised more than the film keeps.',
  ],
}

const details = [
  'The music does a lot of the work, and does it quietly.',
  'The supporting cast is the reason to stay.',
  'Watch it on the largest screen you can find.',
  'The ending is braver than I expected.',
  'The dialogue sounds like people talking, which is rarer than it should be.',
  'It takes its time with the characters, and that pays off.',
  'The camera is always where you would want to stand.',
  'A shorter cut would have served it well.',
]

/**
 * Writes one to twelve reviews for each of the 60 films that come first, more for the earlier ones.
 *
 * @param movies In the order of their popularity
 */
export function demoReviews(movies: { id: number; slug: string; imdbRating: number | null }[]): DemoReview[] {
  return movies.slice(0, 60).flatMap((movie, place) => {
    const random = randomFrom(movie.slug)
    const pick = <T>(list: T[]): T => list[Math.floor(random() * list.length)]!
    const count = 1 + Math.floor((1 - place / 60) * 9 + random() * 3)
    const writers = shuffle(authors, random).slice(0, count)
    return writers.map((author): DemoReview => {
      const stars = Math.min(10, Math.max(1, Math.round((movie.imdbRating ?? 6) + (random() - 0.5) * 4)))
      const mood = stars >= 8 ? 'high' : stars >= 5 ? 'middle' : 'low'
      return {
        movieId: movie.id,
        author,
        stars,
        body: `${pick(openings[mood])} ${pick(details)}`,
        status: 'PUBLISHED',
        isDemo: true,
        createdAt: new Date(Date.UTC(2026, 0, 1) + Math.floor(random() * 240 * 24 * 60) * 60_000),
      }
    })
  })
}

/** Numbers from 0 to 1 that a text decides (FNV-1a to start, then a mulberry32). */
function randomFrom(text: string): () => number {
  let state = 0x811c9dc5
  for (const letter of text) state = Math.imul(state ^ letter.codePointAt(0)!, 0x01000193)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

function shuffle<T>(list: T[], random: () => number): T[] {
  return list
    .map((item) => ({ item, order: random() }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ item }) => item)
}
