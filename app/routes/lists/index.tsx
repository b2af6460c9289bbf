import { href, redirect, type LoaderArgs, type ViewProps } from 'hotclub'
import { Link } from 'hotclub/client'
import { z } from 'zod'
import { EmptyState } from '../../components/empty-state.tsx'
import { ListGrid, listCardSelect } from '../../components/list-card.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { formatPlural } from '../../lib/format.ts'
import { pageNumber } from '../../lib/paging.ts'
import { address } from '../../lib/site.server.ts'

const PAGE_SIZE = 12

export const search = z.object({ page: pageNumber })

export async function loader({ db, user, search: { page } }: LoaderArgs<'/lists'>) {
  const visible = db.as(await user)
  // A list with nothing on it is not worth a visit yet.
  const where = { isPublic: true, items: { some: {} } }
  const [count, lists] = await Promise.all([
    visible.watchList.count({ where }),
    visible.watchList.findMany({
      where,
      orderBy: [{ updatedAt: 'desc' }, { id: 'desc' }],
      skip: (page - 1) * PAGE_SIZE,
      take: PAGE_SIZE,
      select: listCardSelect,
    }),
  ])
  const pages = Math.max(Math.ceil(count / PAGE_SIZE), 1)
  if (page > pages) redirect(href('/lists', {}, { search: { page: pages } }))
  return { count, lists, pages }
}

export const head = ({ search: { page } }: ViewProps<typeof loader>) => {
  const title = page > 1 ? `Watch lists, page ${page}` : 'Watch lists'
  return {
    title,
    description: 'Films that belong together, put together by members of Matinée.',
    ...address(href('/lists', {}, { search: page > 1 ? { page } : {} }), title),
  }
}

export default function Lists({ data, search }: ViewProps<typeof loader>) {
  return (
    <div className="page section-top">
      <header className="page-head">
        <h1>Watch lists</h1>
        <p className="muted">{data.count > 0 && `${formatPlural(data.count, 'list')} by members`}</p>
        <p className="page-actions">
          <Link to="/account/lists">Your lists</Link>
          <Link to="/lists/new" className="button">
            New list
          </Link>
        </p>
      </header>
      {data.lists.length > 0 ? (
        <>
          <h2 className="visually-hidden">All of them</h2>
          <ListGrid lists={data.lists} />
        </>
      ) : (
        <EmptyState title="No list is public yet">
          <p>A list holds films that belong together: a director from the first to the last, or ten for a rainy Sunday.</p>
          <Link to="/lists/new" className="button">
            Make the first one
          </Link>
        </EmptyState>
      )}
      <Pagination
        label="Lists"
        page={search.page}
        pages={data.pages}
        link={(page, props) => <Link key={page} to="/lists" search={page > 1 ? { page } : {}} {...props} />}
      />
    </div>
  )
}
