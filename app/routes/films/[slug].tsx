import { href, notFound, redirect, type Db, type LoaderArgs, type ViewProps } from 'hotclub'
import { Link } from 'hotclub/client'
import { signedIn, type User } from 'hotclub/auth'
import { formAction } from 'hotclub/forms'
import { Suspense, use, type ReactNode } from 'react'
import { AddToList } from '../../components/add-to-list.tsx'
import { BoxOffice } from '../../components/box-office.tsx'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { FilmGrid, FilmGridSkeleton } from '../../components/film-card.tsx'
import { FilmReviews } from '../../components/film-reviews.tsx'
import { Poster } from '../../components/poster.tsx'
import { reviewSelect } from '../../components/review.tsx'
import { Score } from '../../components/score.tsx'
import { decadeOf, filmCardSelect, ratingLabels, releasedIn, titleOf, yearOf, type FilmCardData } from '../../lib/films.ts'
import { formatCount, formatDate, formatPlural, formatRuntime, isoDate, isoDuration } from '../../lib/format.ts'
import { memberName } from '../../lib/members.ts'
import { addToList } from '../../lib/lists.server.ts'
import { deleteReview, moderateReview, reviewSchema } from '../../lib/reviews.server.ts'
import { address, siteUrl } from '../../lib/site.server.ts'
import { isTaken } from '../../lib/taken.server.ts'

const RELATED = 6
const REVIEWS = 20
/** Lists to choose from. */
const LISTS = 100

/** The same for every stranger. Whatever is written to the films, people and reviews it shows drops it at once. */
export const cache = { seconds: 600, stale: 60 }

export async function loader({ params, db, user }: LoaderArgs<'/films/[slug]'>) {
  const visitor = await user
  const visible = db.as(visitor)
  const [film, member] = await Promise.all([readFilm(visible, params.slug), readMember(visible, visitor, params.slug)])
  if (!film) notFound('We have no film at this address. Perhaps it is one search away.')
  // Not awaited: the page goes out at once, and these follow when they are there.
  return { film, ...member, related: relatedFilms(db, film) }
}

/** The database, as far as somebody may see it. */
type Visible = ReturnType<Db['as']>

/** The film, with the reviews that are published. */
async function readFilm(db: Visible, slug: string) {
  const link = { select: { name: true, slug: true } } as const
  return await db.movie.findUnique({
    where: { slug },
    select: {
      id: true,
      slug: true,
      title: true,
      released: true,
      runtime: true,
      rating: true,
      budget: true,
      usGross: true,
      worldwideGross: true,
      usDvdSales: true,
      imdbRating: true,
      imdbVotes: true,
      rottenTomatoes: true,
      source: true,
      creativeType: true,
      director: link,
      distributor: link,
      genres: { ...link, orderBy: { name: 'asc' } },
      reviews: {
        where: { status: 'PUBLISHED' },
        orderBy: { createdAt: 'desc' },
        take: REVIEWS,
        select: reviewSelect,
      },
      averageStars: true,
      reviewCount: true,
    },
  })
}

/** What only a member sees: the review of their own, their lists, and, for moderators, what waits to be read. */
async function readMember(db: Visible, user: User | null, slug: string) {
  if (!user) return { member: null, pending: [], lists: [] }
  const isModerator = user.can('review.moderate')
  const movie = { slug }
  const [review, pending, lists] = await Promise.all([
    db.review.findFirst({ where: { movie, userId: user.id }, select: { ...reviewSelect, status: true } }),
    isModerator
      ? db.review.findMany({ where: { movie, status: 'PENDING' }, orderBy: { createdAt: 'asc' }, take: REVIEWS, select: reviewSelect })
      : [],
    db.watchList.findMany({
      where: { ownerId: user.id },
      orderBy: { updatedAt: 'desc' },
      take: LISTS,
      select: { id: true, title: true, items: { where: { movie }, select: { id: true } } },
    }),
  ])
  return {
    member: { isModerator, review },
    pending,
    lists: lists.map(({ id, title, items }) => ({ id, title, hasFilm: items.length > 0 })),
  }
}

export const actions = {
  review: formAction('/films/[slug]', {
    schema: reviewSchema,
    permission: signedIn,
    rateLimit: { max: 30, seconds: 60 },
    async handle({ data, params, db, user, messages, invalid }) {
      const film = (await db.movie.findUnique({ where: { slug: params.slug }, select: { id: true } })) ?? notFound()
      try {
        // It stays `PENDING`, as the schema has it, until a moderator has read it.
        await db.as(user).review.create({ data: { ...data, movieId: film.id, userId: user.id } })
      } catch (error) {
        if (isTaken(error)) return invalid({ '': 'You have reviewed this film before. Change that review, or delete it first.' })
        throw error
      }
      messages.success(`Thank you, ${memberName(user)}. Your review appears here once one of us has read it.`)
      return redirect(href('/films/[slug]', { slug: params.slug }, { hash: 'your-review' }))
    },
  }),
  remove: deleteReview,
  moderate: moderateReview,
  list: addToList,
}

/** The director's other films; without a director, films of the genre; without that, of the decade. */
async function relatedFilms(
  db: Db,
  film: { id: number; director: { slug: string } | null; genres: Array<{ slug: string }>; released: Date | null },
): Promise<FilmCardData[]> {
  const genres = film.genres.map((genre) => genre.slug)
  return await db.movie.findMany({
    where: {
      id: { not: film.id },
      ...(film.director
        ? { director: { slug: film.director.slug } }
        : genres.length > 0
          ? { genres: { some: { slug: { in: genres } } } }
          : film.released && { released: releasedIn(decadeOf(film.released.getUTCFullYear())) }),
    },
    orderBy: [{ imdbVotes: { sort: 'desc', nulls: 'last' } }, { id: 'asc' }],
    take: RELATED,
    select: filmCardSelect,
  })
}

export const head = ({ data: { film } }: ViewProps<typeof loader>) => {
  const title = [titleOf(film), yearOf(film)].filter(Boolean).join(' · ')
  const path = href('/films/[slug]', { slug: film.slug })
  return {
    title,
    description: description(film),
    ...address(path, title, 'video.movie'),
    jsonLd: [
      {
        '@context': 'https://schema.org',
        '@type': 'Movie',
        name: titleOf(film),
        url: siteUrl(path),
        ...(film.released && { datePublished: isoDate(film.released) }),
        ...(film.runtime !== null && { duration: isoDuration(film.runtime) }),
        ...(film.rating && { contentRating: ratingLabels[film.rating] }),
        ...(film.genres.length > 0 && { genre: film.genres.map((genre) => genre.name) }),
        ...(film.director && { director: { '@type': 'Person', name: film.director.name } }),
        ...(film.imdbRating !== null &&
          film.imdbVotes && {
            aggregateRating: { '@type': 'AggregateRating', ratingValue: film.imdbRating, bestRating: 10, ratingCount: film.imdbVotes },
          }),
      },
    ],
  }
}

type Film = ViewProps<typeof loader>['data']['film']

function description(film: Film): string {
  const kind = film.genres[0] ? `${film.genres[0].name.toLowerCase()} film` : 'film'
  const by = film.director ? ` by ${film.director.name}` : ''
  const when = film.released ? `, released ${formatDate(film.released)}` : ''
  return `${titleOf(film)}: a ${kind}${by}${when}. Ratings, box office and reviews.`
}

export default function FilmPage({ data: { film, related, member, pending, lists } }: ViewProps<typeof loader>) {
  const title = titleOf(film)
  const year = yearOf(film)
  const decade = year === undefined ? undefined : decadeOf(year)
  return (
    <>
      <article className="film page section-top">
        <Breadcrumbs>
          <Link to="/films">Films</Link>
          {decade !== undefined && (
            <Link to="/films/decades/[decade=decade]" params={{ decade }}>
              {decade}s
            </Link>
          )}
        </Breadcrumbs>
        <header className="film-head">
          <h1 className={`film-title film-title-${titleLength(title)}`}>{title}</h1>
          <p className="film-byline">
            {film.director && (
              <>
                A film by{' '}
                <Link to="/people/[slug]" params={{ slug: film.director.slug }}>
                  {film.director.name}
                </Link>
              </>
            )}
            {film.director && year !== undefined && <span className="dot" aria-hidden="true" />}
            {year}
            {film.runtime !== null && (
              <>
                <span className="dot" aria-hidden="true" />
                {formatRuntime(film.runtime)}
              </>
            )}
          </p>
        </header>

        <div className="film-poster">
          <Poster title={title} genre={film.genres[0]?.name} year={year} />
          <AddToList film={film} lists={lists} />
        </div>

        <div className="film-body">
          <Scores film={film} />
          <section aria-labelledby="details">
            <h2 id="details">Details</h2>
            <table className="details">
              <tbody>
                <Fact label="Genre">
                  {film.genres.map((genre, i) => (
                    <span key={genre.slug}>
                      {i > 0 && ', '}
                      <Link to="/films" search={{ genre: [genre.slug] }}>
                        {genre.name}
                      </Link>
                    </span>
                  ))}
                </Fact>
                <Fact label="Released">{film.released && <time dateTime={isoDate(film.released)}>{formatDate(film.released)}</time>}</Fact>
                <Fact label="Rating">
                  {film.rating && (
                    <Link to="/films" search={{ rating: [film.rating] }}>
                      {ratingLabels[film.rating]}
                    </Link>
                  )}
                </Fact>
                <Fact label="Distributor">
                  {film.distributor && (
                    <Link to="/distributors/[slug]" params={{ slug: film.distributor.slug }}>
                      {film.distributor.name}
                    </Link>
                  )}
                </Fact>
                <Fact label="Based on">{film.source?.replace(/^Based on /, '')}</Fact>
                <Fact label="Kind">{film.creativeType}</Fact>
              </tbody>
            </table>
          </section>
          <BoxOffice budget={film.budget} usGross={film.usGross} worldwideGross={film.worldwideGross} usDvdSales={film.usDvdSales} />
        </div>
      </article>

      <FilmReviews reviews={film.reviews} count={film.reviewCount} average={film.averageStars} member={member} pending={pending} />

      <section className="page section" aria-labelledby="related">
        <header className="section-head">
          <h2 id="related">
            {film.director ? `More by ${film.director.name}` : film.genres.length > 0 ? 'In the same vein' : 'From the same years'}
          </h2>
        </header>
        <Suspense fallback={<FilmGridSkeleton count={RELATED} />}>
          <Related films={related} />
        </Suspense>
      </section>
    </>
  )
}

function Related({ films }: { films: Promise<FilmCardData[]> }) {
  const list = use(films)
  return list.length > 0 ? <FilmGrid films={list} /> : <p className="muted">This one stands alone in our archive.</p>
}

/** A row of the details; left out where nothing is known. */
function Fact({ label, children }: { label: string; children: ReactNode }) {
  if (!children || (Array.isArray(children) && children.length === 0)) return null
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>{children}</td>
    </tr>
  )
}

function Scores({ film }: { film: Film }) {
  if (film.imdbRating === null && film.rottenTomatoes === null) return <p className="muted">Not rated by critics or the public.</p>
  return (
    <dl className="scores">
      {film.imdbRating !== null && (
        <div>
          <dt>IMDb</dt>
          <dd>
            <Score value={film.imdbRating} size="large" />
            {film.imdbVotes !== null && <span className="muted">{formatPlural(film.imdbVotes, 'vote')}</span>}
          </dd>
        </div>
      )}
      {film.rottenTomatoes !== null && (
        <div>
          <dt>Rotten Tomatoes</dt>
          <dd>
            <span className="score score-large">{formatCount(film.rottenTomatoes)}%</span>
            <span className="muted">of critics like it</span>
          </dd>
        </div>
      )}
    </dl>
  )
}

/** Short titles are set wide, long ones narrow. */
function titleLength(title: string): 'short' | 'medium' | 'long' | 'endless' {
  if (title.length <= 8) return 'short'
  if (title.length <= 22) return 'medium'
  return title.length <= 48 ? 'long' : 'endless'
}
