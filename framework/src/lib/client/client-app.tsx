import { useInsertionEffect, useLayoutEffect, useMemo, useState, type ReactNode } from 'react'
import { Page } from '../view/page.tsx'
import { IDLE, NavigationReactContext, type DocumentParts } from '../view/router.ts'
import { BrowserRouter, type Shown, type Stage } from './browser-router.ts'

interface Props {
  first: Shown
  document: DocumentParts
  /** Called once, when the page has come to life. */
  onReady: (router: BrowserRouter) => void
}

/** The whole page in the browser: what the router last brought, and what it is doing. */
export function ClientApp({ first, document: parts, onReady }: Props): ReactNode {
  const [shown, show] = useState(first)
  const [navigation, setNavigation] = useState(IDLE)
  const [router] = useState(() => new BrowserRouter({ show, setNavigation } satisfies Stage, first))
  useInsertionEffect(() => shown.arrival?.enter(), [shown])
  useLayoutEffect(() => shown.arrival?.settle(), [shown])
  useLayoutEffect(() => onReady(router), [router, onReady])
  useLayoutEffect(() => {
    const { dataset } = document.documentElement
    if (navigation.state === 'idle') delete dataset['navigation']
    else dataset['navigation'] = navigation.state
  }, [navigation.state])
  const page = useMemo(() => <Page context={{ page: shown.page, router, document: parts }} views={shown.views} />, [shown, router, parts])
  return <NavigationReactContext value={navigation}>{page}</NavigationReactContext>
}
