import { href } from 'hotclub'
import { Form, Link } from 'hotclub/client'

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
        <nav aria-label="Take part">
          <ul className="footer-links">
            <li>
              <Link to="/suggest">Suggest a film</Link>
            </li>
            <li>
              <Link to="/contact">Write to us</Link>
            </li>
          </ul>
        </nav>
        <NewsletterForm />
        <ThemeSwitch />
      </div>
    </footer>
  )
}

/** Leads to the page of the newsletter, which answers: an address that is wrong is put right there. */
function NewsletterForm() {
  return (
    <Form method="post" action={href('/newsletter')} className="footer-newsletter">
      <input type="hidden" name="_action" value="subscribe" />
      <label htmlFor="footer-email">One letter on Sundays</label>
      <input id="footer-email" name="email" type="email" required autoComplete="email" placeholder="name@example.com" />
      <button className="button">Sign up</button>
    </Form>
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
