import { Link } from 'hotclub/client'
import { filmCardSelect, titleOf, yearOf, type FilmCardData } from '../lib/films.ts'
import { formatPlural } from '../lib/format.ts'
import { memberName } from '../lib/members.ts'
import { Poster } from './poster.tsx'

const POSTERS = 4

/** The columns a card shows; loaders select exactly these. */
export const listCardSelect = {
  id: true,
  title: true,
  description: true,
  isPublic: true,
  owner: { select: { name: true } },
  items: { orderBy: { place: 'asc' }, take: POSTERS, select: { movie: { select: filmCardSelect } } },
  _count: { select: { items: true } },
} as const

/** A list as `listCardSelect` reads it. */
export interface ListCardData {
  id: number
  title: string
  description: string | null
  isPublic: boolean
  owner: { name: string }
  items: Array<{ movie: FilmCardData }>
  _count: { items: number }
}

/** A watch list in a grid: its first posters, title, size and owner. The whole card is one link. */
function ListCard({ list, isOwn = false }: { list: ListCardData; isOwn?: boolean }) {
  return (
    <article className="list-card">
      <div className="list-posters" aria-hidden="true">
        {list.items.map(({ movie }) => (
          <Poster key={movie.slug} title={titleOf(movie)} genre={movie.genres[0]?.name} year={yearOf(movie)} />
        ))}
        {Array.from({ length: POSTERS - list.items.length }, (_, index) => (
          <span key={index} className="list-gap" />
        ))}
      </div>
      <h3 className="list-card-title">
        <Link to="/lists/[id=int]" params={{ id: list.id }}>
          {list.title}
        </Link>
      </h3>
      <p className="list-card-facts">
        <span>{formatPlural(list._count.items, 'film')}</span>
        <span>{isOwn ? (list.isPublic ? 'Public' : 'Only for you') : `by ${memberName(list.owner)}`}</span>
      </p>
    </article>
  )
}

export function ListGrid({ lists, isOwn = false }: { lists: ListCardData[]; isOwn?: boolean }) {
  return (
    <ul className="list-grid">
      {lists.map((list) => (
        <li key={list.id}>
          <ListCard list={list} isOwn={isOwn} />
        </li>
      ))}
    </ul>
  )
}
