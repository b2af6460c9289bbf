import type { ReactNode } from 'react'
import type { Context } from '../../../core/context.ts'
import type { Head } from '../../../routing/types.ts'
import { Await } from '../../../view/await.tsx'
import { Link } from '../../../view/link.tsx'
import { Access } from '../../access.ts'
import { mayAdd } from '../../form/plan.ts'
import { type NavItem, navigationOf } from '../../nav.ts'
import { countText } from '../../views/cell.tsx'
import { Icon } from '../../views/icons.tsx'
import { PageHeader } from '../../views/page-header.tsx'
import { listPath } from '../../views/paths.ts'

interface Card extends NavItem {
  count: Promise<number>
  canAdd: boolean
}

interface Overview {
  groups: Array<{ title: string; cards: Card[] }>
}

export async function loader(context: Context): Promise<Overview> {
  const access = await Access.of(context)
  const groups = await navigationOf(access)
  const toCard = async (item: NavItem): Promise<Card> => {
    const model = access.site.bySlug(item.slug)!
    const count = access.rows(model.metadata).count({}) as Promise<number>
    return { ...item, count, canAdd: await mayAdd(access, model) }
  }
  return { groups: await Promise.all(groups.map(async ({ title, items }) => ({ title, cards: await Promise.all(items.map(toCard)) }))) }
}

export const head = (): Head => ({ title: 'Overview' })

export default function OverviewPage({ data }: { data: Overview }): ReactNode {
  return (
    <>
      <PageHeader title="Overview" />
      {data.groups.length === 0 && (
        <p className="ha-empty">You have no permission for any model yet. Ask somebody who manages permissions.</p>
      )}
      {data.groups.map(({ title, cards }) => (
        <section key={title} className="ha-overview">
          {title !== '' && <h2>{title}</h2>}
          <ul>
            {cards.map((card) => (
              <li key={card.slug} className="ha-card">
                <Link href={listPath(card.slug)}>{card.title}</Link>
                <span className="ha-count">
                  <Await value={card.count} fallback="…">
                    {(count) => countText(count)}
                  </Await>
                </span>
                {card.canAdd && (
                  <Link href={`${listPath(card.slug)}/new`} className="ha-quiet" aria-label={`Add to ${card.title}`}>
                    <Icon name="plus" />
                  </Link>
                )}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}
