import { href } from 'hotclub'
import { Form, Link, usePage } from 'hotclub/client'

export function SiteFooter() {
  const { route } = usePage()
  return (
    <footer className="site-footer">
      <div className="page site-footer-inner">
        <div className="site-footer-about">
          <p className="wordmark" aria-hidden="true">
            Matinée
          </p>
          <p className="muted">Films from the silent years to 2010: what they cost, what they earned, what people thought.</p>
        </div>
        <nav aria-label="About Matinée">
          <ul className="site-footer-links">
            <li>
              <Link to="/about">Where the data is from</Link>
            </li>
            <li>
              <Link to="/suggest">Suggest a film</Link>
            </li>
            <li>
              <Link to="/contact">Write to us</Link>
            </li>
          </ul>
        </nav>
        {/* The page of the newsletter has the form itself. */}
        {route !== '/newsletter' && <NewsletterForm />}
        <ThemeSwitch />
      </div>
    </footer>
  )
}

/** Posts to another page, whose action answers. */
function NewsletterForm() {
  return (
    <Form method="post" action={href('/newsletter')} className="newsletter">
      <input type="hidden" name="_action" value="subscribe" />
      <label htmlFor="newsletter-email">One film, every Friday, by e-mail</label>
      <div className="newsletter-row">
        <input
          id="newsletter-email"
          type="email"
          name="email"
          required
          maxLength={254}
          autoComplete="email"
          placeholder="name@example.com"
        />
        <button className="button">Subscribe</button>
      </div>
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
