import { Form } from 'hotclub/client'
import { useEffect, useRef } from 'react'
import { scores, sortLabels, sortNames, type FilmSearch } from '../lib/film-search.ts'
import { decades, ratingLabels, ratingNames } from '../lib/films.ts'

export interface FilmFiltersProps {
  search: FilmSearch
  genres: Array<{ name: string; slug: string }>
}

/** Search, filters and sorting as one GET form. With a script, a choice takes effect at once; without, by the button. */
export function FilmFilters({ search, genres }: FilmFiltersProps) {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => showSearch(form.current, search), [search])
  return (
    <search aria-label="Filter films">
      <Form
        ref={form}
        method="get"
        action="/films"
        className="filters"
        keepScroll
        onChange={(event) => {
          // Typing waits for Enter or the button; a box or a list is a decision.
          if (!(event.target instanceof HTMLInputElement && event.target.type === 'search')) event.currentTarget.requestSubmit()
        }}
      >
        <div className="filters-search">
          <label htmlFor="films-q" className="visually-hidden">
            Title or director
          </label>
          <input
            id="films-q"
            type="search"
            name="q"
            defaultValue={search.q ?? ''}
            placeholder="A title or a director"
            maxLength={100}
            autoComplete="off"
          />
          <button type="submit" className="button">
            Show films
          </button>
        </div>
        <fieldset className="pills">
          <legend>Genre</legend>
          <div className="pill-row">
            {genres.map((genre) => (
              <label key={genre.slug} className="pill">
                <input type="checkbox" name="genre" value={genre.slug} defaultChecked={search.genre.includes(genre.slug)} />
                <span>{genre.name}</span>
              </label>
            ))}
          </div>
        </fieldset>
        <fieldset className="pills">
          <legend>Rating</legend>
          <div className="pill-row">
            {ratingNames.map((rating) => (
              <label key={rating} className="pill">
                <input type="checkbox" name="rating" value={rating} defaultChecked={search.rating.includes(rating)} />
                <span>{ratingLabels[rating]}</span>
              </label>
            ))}
          </div>
        </fieldset>
        <div className="filters-selects">
          <label className="filter">
            <span>Decade</span>
            <select name="decade" defaultValue={search.decade ?? ''}>
              <option value="">Any</option>
              {decades.map((decade) => (
                <option key={decade} value={decade}>
                  {decade}s
                </option>
              ))}
            </select>
          </label>
          <label className="filter">
            <span>IMDb score</span>
            <select name="score" defaultValue={search.score ?? ''}>
              <option value="">Any</option>
              {scores.map((score) => (
                <option key={score} value={score}>
                  {score}.0 or better
                </option>
              ))}
            </select>
          </label>
          <label className="filter">
            <span>Sort by</span>
            <select name="sort" defaultValue={search.sort === 'popular' ? '' : search.sort}>
              {sortNames.map((sort) => (
                <option key={sort} value={sort === 'popular' ? '' : sort}>
                  {sortLabels[sort]}
                </option>
              ))}
            </select>
          </label>
        </div>
      </Form>
    </search>
  )
}

/** After a navigation (a chip removed, the back button) the fields say what the page shows. */
function showSearch(form: HTMLFormElement | null, search: FilmSearch): void {
  for (const field of form?.elements ?? []) {
    if (field instanceof HTMLInputElement && field.type === 'checkbox')
      field.checked = (field.name === 'genre' ? search.genre : search.rating).some((value) => value === field.value)
    else if (field instanceof HTMLInputElement) field.value = search.q ?? ''
    else if (field instanceof HTMLSelectElement) {
      const value = search[field.name as 'decade' | 'score' | 'sort']
      field.value = value === undefined || value === 'popular' ? '' : String(value)
    }
  }
}
