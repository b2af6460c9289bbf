import { Link } from 'hotclub/client'

export function SiteFooter() {
  return (
    <footer className="site-footer">
      <div className="page site-footer-inner">
        <p className="wordmark" aria-hidden="true">
          Matinée
        </p>
        <p className="muted">
          Films from the silent years to 2010: what they cost, what they earned, what people thought.{' '}
          <Link to="/about">Where the data is from</Link>
        </p>
        <ThemeSwitch />
      </div>
    </footer>
  )
}

/** A plain form, so that the browser fetches the theme's stylesheet anew; it works without a script. */
function ThemeSwitch() {
  return (
    <form method="post" action="/theme" className="theme-switch" aria-label="Colour theme">
      <button name="theme" value="auto">
        Auto
      </button>
      <button name="theme" value="light">
        Light
      </button>
      <button name="theme" value="dark">
        Dark
      </button>
    </form>
  )
}
