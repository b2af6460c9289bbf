import { redirect, type LoaderArgs } from 'hotclub'

export function loader({ isData }: LoaderArgs) {
  // A document has to show that the browser gave up following.
  if (isData) redirect('/loop')
  return {}
}

export default function Loop() {
  return <h1>Loop</h1>
}
