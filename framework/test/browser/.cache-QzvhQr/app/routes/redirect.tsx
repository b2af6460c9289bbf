import { redirect } from 'hotclub'

export function loader() {
  return redirect('/long')
}

export default function Redirect() {
  return null
}
