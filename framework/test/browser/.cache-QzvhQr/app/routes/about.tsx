export const head = { title: 'About' }

export default function About() {
  return (
    <>
      <h1>About</h1>
      <div className="tall" />
      <p id="end">End</p>
    </>
  )
}
