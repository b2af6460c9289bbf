export const hydrate = false
export const head = { title: 'Static' }

export default function Static() {
  return (
    <>
      <h1>Static</h1>
      <a id="away" href="/about">
        About
      </a>
    </>
  )
}
