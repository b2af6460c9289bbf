import { Component, type ReactNode } from 'react'
import type { RouteModule } from '../routing/types.ts'
import { toShownError } from './page-error.ts'
import type { PagePayload } from './payload.ts'

interface Props {
  page: PagePayload
  ErrorView: NonNullable<RouteModule['ErrorView']>
  children: ReactNode
}

interface State {
  /** The page that failed; the next one gets a new try. */
  page: PagePayload
  error: unknown
  failed: boolean
}

/** Shows a level's `ErrorView` when it or something below fails to render in the browser. */
export class ErrorBoundary extends Component<Props, State> {
  constructor(props: Props) {
    super(props)
    this.state = { page: props.page, error: undefined, failed: false }
  }

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error, failed: true }
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.page === state.page ? null : { page: props.page, error: undefined, failed: false }
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children
    const { ErrorView, page } = this.props
    return <ErrorView error={toShownError(this.state.error)} params={page.params} />
  }
}
