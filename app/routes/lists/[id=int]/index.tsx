import { href, notFound, type LoaderArgs, type ViewProps } from 'hotclub'
import { Link } from 'hotclub/client'
import { Breadcrumbs } from '../../../components/breadcrumbs.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { Poster } from '../../../components/poster.tsx'
import { Score } from '../../../components/score.tsx'
import { filmCardSelect, titleOf, yearOf } from '../../../lib/films.ts'
import { formatDate, formatPlural, isoDate } from '../../../lib/format.ts'
import { memberName } from '../../../lib/members.ts'
import { address } from '../../../lib/site.server.ts'

export async function loader({ params, db, user }: LoaderArgs<'/lists/[id=int]'>) {
  const reader = await user
  const list = await db.as(reader).watchList.findUnique({
    where: { id: params.id },
    select: {
      id: true,
      title: true,
      description: true,
      isPublic: true,
      updatedAt: true,
      ownerId: true,
      owner: { select: { name: true } },
      items: {
        orderBy: { place: 'asc' },
        select: { id: true, note: true, movie: { select: { ...filmCardSelect, director: { select: { name: true } } } } },
      },
    },
  })
  if (!list) notFound('There is no such list.')
  const { ownerId, ...shown } = list
  return { list: shown, isOwn: ownerId === reader?.id }
}

export const head = ({ data: { list } }: ViewProps<typeof loader>) => ({
  title: list.title,
  description: list.description ?? `${formatPlural(list.items.length, 'film')}, put together by ${memberName(list.owner)}.`,
  ...(list.isPublic ? address(href('/lists/[id=int]', { id: list.id }), list.title) : { robots: 'noindex' }),
})

export default function ListPage({ data: { list, isOwn } }: ViewProps<typeof loader>) {
  return (
    <article className="page section-top">
      <Breadcrumbs>
        <Link to="/lists">Watch lists</Link>
        {isOwn && <Link to="/account/lists">Your lists</Link>}
      </Breadcrumbs>
      <header className="list-head">
        <h1>{list.title}</h1>
        <p className="list-byline muted">
          {isOwn ? (list.isPublic ? 'Yours, for everybody to read' : 'Yours alone') : `By ${memberName(list.owner)}`}
          <span className="dot" aria-hidden="true" />
          <span className="nowrap">{formatPlural(list.items.length, 'film')}</span>
          <span className="dot" aria-hidden="true" />
          <time dateTime={isoDate(list.updatedAt)}>{formatDate(list.updatedAt)}</time>
        </p>
        {list.description && <p className="lead list-description">{list.description}</p>}
        {isOwn && (
          <p className="actions">
            <Link to="/lists/[id=int]/edit" params={{ id: list.id }} className="button">
              Edit list
            </Link>
            <Link to="/films">Find films to add</Link>
          </p>
        )}
      </header>
      {list.items.length > 0 ? (
        <ol className="list-films">
          {list.items.map(({ id, note, movie }, index) => (
            <li key={id}>
              <span className="ranking-place" aria-hidden="true">
                {index + 1}
              </span>
              <Poster title={titleOf(movie)} genre={movie.genres[0]?.name} year={yearOf(movie)} />
              <div>
                <h2>
                  <Link to="/films/[slug]" params={{ slug: movie.slug }}>
                    {titleOf(movie)}
                  </Link>
                </h2>
                <p className="muted">{[movie.director?.name, yearOf(movie)].filter(Boolean).join(', ')}</p>
                {note && <p className="list-note">{note}</p>}
              </div>
              <Score value={movie.imdbRating} />
            </li>
          ))}
        </ol>
      ) : (
        <EmptyState title="Nothing on it yet">
          {isOwn ? (
            <>
              <p>Films come from their own pages: open one and choose this list under its poster.</p>
              <Link to="/films" className="button">
                Browse the films
              </Link>
            </>
          ) : (
            <p>Its owner has not put a film on it so far.</p>
          )}
        </EmptyState>
      )}
    </article>
  )
}
