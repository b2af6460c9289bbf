import { href, redirect, type LoaderArgs, type ViewProps } from 'hotclub'
import { requireUser } from 'hotclub/auth'
import { Link } from 'hotclub/client'
import { z } from 'zod'
import { EmptyState } from '../../components/empty-state.tsx'
import { ListGrid, listCardSelect } from '../../components/list-card.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { pageNumber } from '../../lib/paging.ts'

const PAGE_SIZE = 12

export const search = z.object({ page: pageNumber })

export async function loader(context: LoaderArgs<'/account/lists'>) {
  const { db, search } = context
  const user = await requireUser(context)
  const visible = db.as(user)
  const where = { ownerId: user.id }
  const [count, lists] = await Promise.all([
    visible.watchList.count({ where }),
    visible.watchList.findMany({
      where,
      orderBy: [{ updatedAt: 'desc' }, { id: 'desc' }],
      skip: (search.page - 1) * PAGE_SIZE,
      take: PAGE_SIZE,
      select: listCardSelect,
    }),
  ])
  const pages = Math.max(Math.ceil(count / PAGE_SIZE), 1)
  if (search.page > pages) redirect(href('/account/lists', {}, { search: { page: pages } }))
  return { lists, pages }
}

export const head = () => ({ title: 'Your lists', robots: 'noindex' })

export default function YourLists({ data, search }: ViewProps<typeof loader>) {
  return (
    <>
      <header className="page-head">
        <h1>Your lists</h1>
        {data.lists.length > 0 && (
          <p className="page-actions">
            <Link to="/lists/new" className="button">
              New list
            </Link>
          </p>
        )}
      </header>
      {data.lists.length > 0 ? (
        <>
          <h2 className="visually-hidden">All of them</h2>
          <ListGrid lists={data.lists} isOwn />
        </>
      ) : (
        <EmptyState title="No list yet">
          <p>What do you want to see next? A list keeps the films in order, with a note where you want one.</p>
          <Link to="/lists/new" className="button">
            Make a list
          </Link>
        </EmptyState>
      )}
      <Pagination
        label="Your lists"
        page={search.page}
        pages={data.pages}
        link={(page, props) => <Link key={page} to="/account/lists" search={page > 1 ? { page } : {}} {...props} />}
      />
    </>
  )
}
