import { useRevalidate } from 'hotclub/client'

export default function Page() {
  const revalidate = useRevalidate()
  return (
    <>
      <h1>Notes</h1>
      <button onClick={() => void revalidate()}>Refresh</button>
    </>
  )
}
