import type { LoaderArgs, ViewProps } from 'hotclub'
import { Link } from 'hotclub/client'

export async function loader({ db }: LoaderArgs<'/'>) {
  const visit = await db.visit.create({ data: {} })
  return { number: visit.id, at: visit.at }
}

export const head = () => ({ title: 'A fresh app' })

export default function Home({ data }: ViewProps<typeof loader>) {
  return (
    <p>
      Visit {data.number} of {data.at.getUTCFullYear()}
      <Link to="/login">Log in</Link>
    </p>
  )
}
