import { Form } from 'hotclub/client'

/** Finds films by title or director; a plain GET form. */
export function SearchBox({ id, label = 'Search films', large = false }: { id: string; label?: string; large?: boolean }) {
  return (
    <search aria-label={label}>
      <Form method="get" action="/films" className={large ? 'search-box search-box-large' : 'search-box'}>
        <label htmlFor={id} className="visually-hidden">
          {label}
        </label>
        <input id={id} type="search" name="q" placeholder={large ? 'A title or a director' : 'Search'} autoComplete="off" maxLength={100} />
        <button type="submit" className={large ? 'button' : 'search-box-button'}>
          {large ? (
            'Search'
          ) : (
            <>
              <span className="visually-hidden">Search</span>
              <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
                <path d="m17 17-4.2-4.2M14.5 8.75a5.75 5.75 0 1 1-11.5 0 5.75 5.75 0 0 1 11.5 0Z" />
              </svg>
            </>
          )}
        </button>
      </Form>
    </search>
  )
}
