/** Says what a deletion takes with it, and asks. */
import type { ReactNode } from 'react'
import { useForm } from '../../forms/use-form.tsx'
import { Link } from '../../view/link.tsx'
import type { Consequence } from '../delete/consequences.ts'
import type { DeleteAction } from '../delete/delete-action.ts'
import { countText } from './cell.tsx'
import { Icon } from './icons.tsx'
import { type Crumb, PageHeader } from './page-header.tsx'

export interface DeleteData {
  /** `Delete Metropolis?` */
  question: string
  /** On the button: `Delete 3 reviews`. */
  button: string
  crumbs: Crumb[]
  /** Rows by what they are called, the first few. */
  labels: string[]
  count: number
  consequences: Consequence[]
  back: string
}

const headings = {
  blocking: 'This stands in the way. Delete it or move it first:',
  deleted: 'This is deleted too:',
  unlinked: 'This stays, without the link:',
} as const

export function DeleteView({ data }: { data: DeleteData }): ReactNode {
  const { Form, pending } = useForm<DeleteAction>('delete')
  const isOne = data.count === 1
  const isBlocked = data.consequences.some(({ kind }) => kind === 'blocking')
  return (
    <>
      <PageHeader title={data.question} crumbs={data.crumbs} />
      <div className="ha-section ha-delete">
        {!isOne && (
          <p>
            {data.labels.join(', ')}
            {data.count > data.labels.length && ` and ${countText(data.count - data.labels.length)} more`}
          </p>
        )}
        {(['blocking', 'deleted', 'unlinked'] as const).map((kind) => {
          const items = data.consequences.filter((item) => item.kind === kind)
          return (
            items.length > 0 && (
              <section key={kind} data-kind={kind}>
                <h2>{headings[kind]}</h2>
                <ul>
                  {items.map((item) => (
                    <li key={`${item.title} ${item.field}`}>
                      <strong>{countText(item.count)}</strong> {item.title} <span className="ha-detail">by {item.field}</span>
                    </li>
                  ))}
                </ul>
              </section>
            )
          )
        })}
        {data.consequences.length === 0 && <p>Nothing else refers to {isOne ? 'it' : 'them'}.</p>}
        <Form className="ha-confirm">
          <Link href={data.back} className="ha-button">
            {isBlocked ? 'Go back' : isOne ? 'Keep it' : 'Keep them'}
          </Link>
          {!isBlocked && (
            <button className="ha-button" data-kind="danger" aria-busy={pending || undefined}>
              <Icon name="trash" /> {data.button}
            </button>
          )}
        </Form>
      </div>
    </>
  )
}
