import { useNavigation } from 'hotclub/client'

/** A thin line across the top while the next page is on its way; it waits a moment, so quick pages show none. */
export function NavigationProgress() {
  const { state } = useNavigation()
  return <div className="navigation-progress" data-state={state} aria-hidden="true" />
}
