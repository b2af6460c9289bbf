export const head = { title: 'Long' }

export function loader() {
  return { at: Date.now() }
}

export default function Long() {
  return (
    <>
      <h1>Long</h1>
      <a id="jump" href="#middle">
        To the middle
      </a>
      <div className="tall" />
      <h2 id="middle">Middle</h2>
      <a id="from-middle" href="/about">
        About
      </a>
      <div className="tall" />
    </>
  )
}
