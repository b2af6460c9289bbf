/** The filters of a list: each opens beneath its name, and is a plain form. */
import { useEffect, useRef, type ReactNode } from 'react'
import { Form } from '../../view/form.tsx'
import { usePage } from '../../view/hooks.ts'
import { Link } from '../../view/link.tsx'
import { datePresets } from '../list/dates.ts'
import type { Filter } from '../list/filters.ts'
import { Icon } from './icons.tsx'
import { Kept } from './kept.tsx'
import { withQuery } from './paths.ts'
import { RelationPicker } from './relation-picker.tsx'

export function FilterBar({ filters }: { filters: readonly Filter[] }): ReactNode {
  const { url } = usePage()
  return filters.map((filter) => <OneFilter key={`${filter.name} ${url}`} filter={filter} />)
}

function OneFilter({ filter }: { filter: Filter }): ReactNode {
  const { url } = usePage()
  const details = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    const close = (event: Event): void => {
      const isOutside = event instanceof KeyboardEvent ? event.key === 'Escape' : !details.current?.contains(event.target as Node)
      if (isOutside && details.current?.open) {
        details.current.open = false
        if (event instanceof KeyboardEvent) details.current.querySelector('summary')?.focus()
      }
    }
    for (const type of ['pointerdown', 'keydown']) document.addEventListener(type, close)
    return () => {
      for (const type of ['pointerdown', 'keydown']) document.removeEventListener(type, close)
    }
  }, [])
  const name = `f.${filter.name}`
  return (
    <details className="ha-filter" ref={details} data-set={filter.value === undefined ? undefined : ''}>
      <summary>
        {filter.label}
        {filter.words !== undefined && <strong>{filter.words}</strong>}
        <Icon name="open" />
      </summary>
      <div className="ha-popover">
        <Form>
          <Kept url={url} without={name} />
          <FilterFields filter={filter} name={name} />
          <button className="ha-button" data-kind="primary">
            Apply
          </button>
        </Form>
        <ul className="ha-presets">
          {presetsOf(filter).map(({ value, label }) => (
            <li key={value}>
              <Link
                href={withQuery(url, { [name]: value, [`${name}.from`]: null, [`${name}.to`]: null })}
                aria-current={filter.value === value || undefined}
              >
                {label}
              </Link>
            </li>
          ))}
          {filter.value !== undefined && (
            <li>
              <Link href={withQuery(url, { [name]: null, [`${name}.from`]: null, [`${name}.to`]: null })}>Clear this filter</Link>
            </li>
          )}
        </ul>
      </div>
    </details>
  )
}

function FilterFields({ filter, name }: { filter: Filter; name: string }): ReactNode {
  const value = filter.value ?? ''
  switch (filter.kind) {
    case 'choice':
      return (
        <fieldset className="ha-ticks">
          <legend className="ha-hidden">{filter.label}</legend>
          {filter.choices!.map((choice) => (
            <label key={choice.value}>
              <input type="checkbox" name={name} value={choice.value} defaultChecked={value.split(',').includes(choice.value)} />{' '}
              {choice.label}
            </label>
          ))}
        </fieldset>
      )
    case 'boolean':
      return (
        <fieldset className="ha-ticks">
          <legend className="ha-hidden">{filter.label}</legend>
          {['true', 'false'].map((choice) => (
            <label key={choice}>
              <input type="radio" name={name} value={choice} defaultChecked={value === choice} /> {choice === 'true' ? 'Yes' : 'No'}
            </label>
          ))}
        </fieldset>
      )
    case 'date':
    case 'number': {
      const [from = '', to = ''] = value.includes('..') ? value.split('..') : [value, value]
      const isDate = filter.kind === 'date'
      const day = (text: string): string => (isDate && !/^\d{4}-\d\d-\d\d$/.test(text) ? '' : text)
      return (
        <div className="ha-range">
          <label>
            From <input type={isDate ? 'date' : 'number'} step="any" name={`${name}.from`} defaultValue={day(from)} />
          </label>
          <label>
            To <input type={isDate ? 'date' : 'number'} step="any" name={`${name}.to`} defaultValue={day(to)} />
          </label>
        </div>
      )
    }
    case 'relation':
      return <RelationPicker name={name} slug={filter.slug!} label={filter.label} value={undefined} first={undefined} required={false} />
  }
}

function presetsOf({ kind, nullable }: Filter): ReadonlyArray<{ value: string; label: string }> {
  const presets = kind === 'date' ? datePresets : []
  return nullable ? [...presets, { value: 'empty', label: 'Empty' }, { value: 'set', label: 'Not empty' }] : presets
}
