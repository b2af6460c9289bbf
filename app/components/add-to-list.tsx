import { Link } from 'hotclub/client'
import { useForm } from 'hotclub/forms'
import type { addToList } from '../lib/lists.server.ts'

export interface AddToListProps {
  film: { id: number; slug: string }
  /** The member's lists, and whether the film is on them. */
  lists: Array<{ id: number; title: string; hasFilm: boolean }>
}

/** Puts the film on one of the member's lists, or begins one with it. For pages with the action `list`. */
export function AddToList({ film, lists }: AddToListProps) {
  const on = lists.filter(({ hasFilm }) => hasFilm)
  const others = lists.filter(({ hasFilm }) => !hasFilm)
  return (
    <div className="add-to-list">
      {others.length > 0 && <ChooseList film={film} lists={others} />}
      <Link to="/lists/new" search={{ film: film.slug }} className={others.length > 0 ? 'add-to-list-new' : 'button button-quiet'}>
        {lists.length > 0 ? 'Begin a new list with it' : 'Begin a list with this film'}
      </Link>
      {on.length > 0 && (
        <p className="muted">
          On{' '}
          {on.map(({ id, title }, index) => (
            <span key={id}>
              {index > 0 && ', '}
              <Link to="/lists/[id=int]" params={{ id }}>
                {title}
              </Link>
            </span>
          ))}
        </p>
      )}
    </div>
  )
}

function ChooseList({ film, lists }: AddToListProps) {
  const { Form, Field, pending } = useForm<typeof addToList>('list', { values: { movieId: film.id, listId: lists[0]!.id } })
  return (
    <Form className="add-to-list-form">
      <Field name="movieId" />
      <Field name="listId" as="select" options={lists.map(({ id, title }) => ({ value: id, label: title }))} />
      <button className="button" disabled={pending}>
        Add
      </button>
    </Form>
  )
}
