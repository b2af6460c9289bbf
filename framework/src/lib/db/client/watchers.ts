import { HotclubError } from '../../core/hotclub-error.ts'
import type { ModelMetadata, SchemaMetadata } from '../../schema/types.ts'
import { namesOf, type Names } from '../call/names.ts'
import type { Change } from '../changes.ts'
import type { RowEventName, RowReceiver } from './receivers.ts'

const eventsOf: Readonly<Record<Change['kind'], readonly RowEventName[]>> = {
  create: ['created'],
  update: ['updated'],
  delete: ['deleted'],
  link: ['linked', 'unlinked'],
}

/** Who wants to know what is written through a client. */
export class Watchers {
  readonly names: Names
  readonly listeners: Set<(changes: readonly Change[]) => void> = new Set()
  #receivers = new Map<string, readonly RowReceiver[]>()

  constructor(schema: SchemaMetadata) {
    this.names = namesOf(schema)
  }

  /** Whether nobody does, so that a write is Prisma's alone. */
  get areNone(): boolean {
    return this.listeners.size === 0 && !this.haveReceivers
  }

  get haveReceivers(): boolean {
    return this.#receivers.size > 0
  }

  /**
   * Takes the place of the receivers that there were.
   *
   * @throws {HotclubError} `HC_MODEL` for a receiver of a model that the schema does not have
   */
  setReceivers(receivers: readonly RowReceiver[]): void {
    const models = Object.values(this.names.schema.models)
    for (const { subject, event } of receivers)
      if (!models.some((model) => model.delegate === subject))
        throw new HotclubError('HC_MODEL', {
          where: `on('${subject}', '${event}')`,
          message: `The schema has no model '${subject}'.`,
          hint: `There are ${models.map((model) => model.delegate).join(', ')}.`,
        })
    this.#receivers = Map.groupBy(receivers, ({ subject, event }) => `${subject} ${event}`)
  }

  /** Who is told of an event, in the order in which they were declared. */
  receiversOf(model: ModelMetadata, event: RowEventName): readonly RowReceiver[] {
    return this.#receivers.get(`${model.delegate} ${event}`) ?? []
  }

  /** Whether a receiver is told of one of the changes. */
  hear(changes: readonly Pick<Change, 'model' | 'kind'>[]): boolean {
    return (
      this.haveReceivers && changes.some(({ model, kind }) => eventsOf[kind].some((event) => this.receiversOf(model, event).length > 0))
    )
  }

  /** Tells listeners what has been committed. */
  tell(changes: readonly Change[]): void {
    if (changes.length > 0) for (const listener of this.listeners) listener(changes)
  }
}
