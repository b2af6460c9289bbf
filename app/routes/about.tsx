import { Link } from 'hotclub/client'
import { address } from '../lib/site.server.ts'

/** Nothing on this page moves, so it is sent without a script. */
export const hydrate = false

export const head = () => ({
  title: 'About',
  description: 'Where the films of Matinée come from, and what their gaps mean.',
  ...address('/about', 'About Matinée'),
})

export default function About() {
  return (
    <article className="page section-top prose">
      <h1>About Matinée</h1>
      <p className="lead">A magazine of films that were worth leaving a sunny street for, and of a good many that were not.</p>
      <h2>The films</h2>
      <p>
        All 3,201 of them come from <a href="https://github.com/vega/vega-datasets">vega-datasets</a>, a public collection for
        demonstrations. Budgets, grosses, ratings and votes are as they stood when it was made, around 2010. Where a fact is missing there,
        it is missing here: we would rather leave a gap than guess.
      </p>
      <h2>The posters</h2>
      <p>
        No studio drew them. Each is set from nothing but the film’s title, genre and year, in one typeface whose width stretches from line
        to line. The same film always gets the same poster.
      </p>
      <h2>The reviews</h2>
      <p>
        The first ones are samples, written so that the pages have something to show. The others are by members, one a film each, and appear
        once one of us has read them. Found a mistake instead? <Link to="/contact">Write to us</Link>.
      </p>
      <h2>The site</h2>
      <p>
        Matinée is the reference application of Hotclub, a full-stack framework for TypeScript. Every page works without JavaScript. This
        one has none at all: <Link to="/films">the films</Link> are a plain link away.
      </p>
    </article>
  )
}
