/** The form of a row, new or known. */
import { type ComponentType, createContext, useContext, useEffect, useState, type ReactNode } from 'react'
import { useFieldInfo } from '../../forms/form-context.ts'
import { useForm } from '../../forms/use-form.tsx'
import type { WidgetProps } from '../../forms/widget-props.ts'
import { Link } from '../../view/link.tsx'
import type { Choices } from '../form/choices.ts'
import type { PlannedField, Section } from '../form/plan.ts'
import type { SaveAction } from '../form/save.ts'
import { type FormValues, NEXT, VERSION } from '../form/schema.ts'
import type { Linked } from '../list/load-list.ts'
import { Cell } from './cell.tsx'
import { Icon } from './icons.tsx'
import { PageHeader } from './page-header.tsx'
import { listPath, rowPath } from './paths.ts'
import { RelationPicker } from './relation-picker.tsx'
import { RelationsPicker } from './relations-picker.tsx'

/** What a form page shows. */
export interface FormData {
  slug: string
  title: string
  singular: string
  /** `undefined` for a new row. */
  record: { key: string; label: string; version: string } | undefined
  sections: Section[]
  values: FormValues
  shown: Record<string, unknown>
  choices: Record<string, Choices>
  canChange: boolean
  canDelete: boolean
  canAdd: boolean
  /** Lists of rows that refer to this one. */
  related: Array<{ label: string; href: string; count: number }>
}

const FormDataContext = createContext<FormData | undefined>(undefined)

export function FormView({ data }: { data: FormData }): ReactNode {
  const { slug, title, singular, record, canDelete } = data
  return (
    <FormDataContext value={data}>
      <PageHeader title={record?.label ?? `New ${singular}`} crumbs={[{ href: listPath(slug), label: title }]}>
        {record && canDelete && (
          <Link href={`${rowPath(slug, record.key)}/delete`} className="ha-button" data-kind="danger">
            <Icon name="trash" /> Delete …
          </Link>
        )}
      </PageHeader>
      <div className="ha-columns">
        {data.canChange ? <EditForm data={data} /> : <Facts sections={data.sections} shown={data.shown} />}
        <Aside data={data} />
      </div>
    </FormDataContext>
  )
}

function EditForm({ data }: { data: FormData }): ReactNode {
  const { record, sections, values } = data
  const start = record ? { ...values, [VERSION]: record.version } : values
  const { Form, Field, pending, invalid } = useForm<SaveAction>('save', { values: start })
  const [isChanged, setChanged] = useState(false)
  const isUnsaved = isChanged || invalid
  useUnsavedGuard(isUnsaved && !pending)
  return (
    <Form className="ha-form" onInput={() => setChanged(true)} onSubmit={() => setChanged(false)}>
      {record && <Field name={VERSION} />}
      {sections.map(({ title, fields }) => (
        <fieldset key={title} className="ha-section">
          {title !== '' && <legend>{title}</legend>}
          {fields
            .filter(isInForm)
            .map((field) =>
              field.isEditable ? (
                <Field key={field.name} name={field.name} {...widgetOf(field)} />
              ) : (
                <Fact key={field.name} field={field} value={data.shown[field.name]} />
              ),
            )}
        </fieldset>
      ))}
      <div className="ha-save">
        <span className="ha-detail" aria-live="polite">
          {pending ? 'Saving …' : isUnsaved ? 'Unsaved changes' : ''}
        </span>
        {data.canAdd && (
          <button className="ha-button" name={NEXT} value="add">
            Save and add another
          </button>
        )}
        <button className="ha-button" name={NEXT} value="stay">
          Save and continue
        </button>
        <button className="ha-button" data-kind="primary" name={NEXT} value="list" aria-busy={pending || undefined}>
          Save
        </button>
      </div>
    </Form>
  )
}

function widgetOf({ column }: PlannedField): { as?: ComponentType<WidgetProps> } {
  return column.kind === 'one' ? { as: OneRelation } : column.kind === 'many' ? { as: ManyRelations } : {}
}

/** Asks before a page with unsaved changes is left. */
function useUnsavedGuard(isUnsaved: boolean): void {
  useEffect(() => {
    if (!isUnsaved) return
    const stop = (event: BeforeUnloadEvent): void => event.preventDefault()
    const ask = (event: MouseEvent): void => {
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || link.getAttribute('target')) return
      if (!confirm('Leave without saving? What you changed is lost.')) {
        event.preventDefault()
        event.stopPropagation()
      }
    }
    addEventListener('beforeunload', stop)
    // Before the router hears of it.
    document.addEventListener('click', ask, true)
    return () => {
      removeEventListener('beforeunload', stop)
      document.removeEventListener('click', ask, true)
    }
  }, [isUnsaved])
}

/** What is known of the rows that a field may hold: those it holds, and the first of the others. */
function useRelation(name: string): { slug: string; linked: Linked[]; first: Choices | undefined } {
  const { sections, shown, choices } = useContext(FormDataContext)!
  const field = sections.flatMap(({ fields }) => fields).find((candidate) => candidate.name === name)!
  const value = shown[name] as Linked | { items: Linked[] } | null | undefined
  const linked = !value ? [] : 'items' in value ? value.items : [value]
  return { slug: field.column.slug!, linked, first: choices[name] }
}

/** A row by its key, as far as the page knows what it is called. */
function named(key: string, ...known: ReadonlyArray<readonly Linked[]>): Linked {
  return known.flat().find((item) => item.key === key) ?? { key, label: key }
}

function OneRelation({ field }: WidgetProps): ReactNode {
  const { slug, linked, first } = useRelation(field.name)
  const { errors, errorId, helpId, help } = useFieldInfo('Field')
  const [key] = field.values
  return (
    <RelationPicker
      id={field.id}
      name={field.name}
      slug={slug}
      label={field.label}
      first={first}
      required={field.node.required}
      value={key === undefined || key === '' ? undefined : named(key, linked, first?.items ?? [])}
      describedBy={errors.length > 0 ? errorId : help === undefined ? undefined : helpId}
      isInvalid={errors.length > 0}
    />
  )
}

function ManyRelations({ field }: WidgetProps): ReactNode {
  const { slug, linked, first } = useRelation(field.name)
  return (
    <RelationsPicker
      id={field.id}
      name={field.name}
      slug={slug}
      label={field.label}
      first={first}
      required={false}
      values={field.values.filter((key) => key !== '').map((key) => named(key, linked, first?.items ?? []))}
    />
  )
}

function Facts({ sections, shown }: { sections: readonly Section[]; shown: Record<string, unknown> }): ReactNode {
  return (
    <div className="ha-form">
      {sections.map(({ title, fields }) => (
        <section key={title} className="ha-section">
          {title !== '' && <h2>{title}</h2>}
          {fields.map((field) => (
            <Fact key={field.name} field={field} value={shown[field.name]} />
          ))}
        </section>
      ))}
    </div>
  )
}

function Fact({ field, value }: { field: PlannedField; value: unknown }): ReactNode {
  return (
    <dl className="ha-fact">
      <dt>{field.column.label}</dt>
      <dd>
        <Cell column={field.column} value={value} />
      </dd>
    </dl>
  )
}

/** Facts that fill themselves in stand beside the form; those that somebody keeps from being changed stay in their place. */
function isInForm({ isEditable, isKept }: PlannedField): boolean {
  return isEditable || !isKept
}

function Aside({ data: { sections, shown, related, canChange } }: { data: FormData }): ReactNode {
  const facts = canChange ? sections.flatMap(({ fields }) => fields).filter((field) => !isInForm(field)) : []
  if (facts.length === 0 && related.length === 0) return null
  return (
    <aside className="ha-aside" aria-label="About this">
      {related.length > 0 && <Related related={related} />}
      {facts.length > 0 && (
        <div className="ha-facts">
          {facts.map((field) => (
            <Fact key={field.name} field={field} value={shown[field.name]} />
          ))}
        </div>
      )}
    </aside>
  )
}

function Related({ related }: { related: FormData['related'] }): ReactNode {
  return (
    <section className="ha-related">
      <h2>Related</h2>
      <ul>
        {related.map(({ label, href, count }) => (
          <li key={href}>
            <Link href={href}>{label}</Link> <span className="ha-detail">{count}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
