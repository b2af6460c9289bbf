import anybody from '@fontsource-variable/anybody/files/anybody-latin-wdth-normal.woff2?url'
import inter from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url'
import type { ErrorViewProps, LoaderArgs } from 'hotclub'
import { Head, Link, Messages, Scripts } from 'hotclub/client'
import type { Member } from './components/account-menu.tsx'
import type { ReactNode } from 'react'
import { Headline } from './components/headline.tsx'
import { NavigationProgress } from './components/navigation-progress.tsx'
import { SearchBox } from './components/search-box.tsx'
import { SiteFooter } from './components/site-footer.tsx'
import { SiteHeader } from './components/site-header.tsx'
import { memberName } from './lib/members.ts'
import './styles/index.css'

/** What the header says of the visitor, and no more. */
export async function loader({ user }: LoaderArgs<'root'>) {
  const member = await user
  return { member: member && { name: memberName(member), isModerator: member.can('review.moderate') } }
}

export const head = () => ({
  title: 'Matinée',
  titleTemplate: (title: string) => (title === 'Matinée' ? 'Matinée: films for a slow afternoon' : `${title} · Matinée`),
  description: 'A magazine of 3,201 films: the best rated, the most reviewed, decade by decade.',
  og: { site_name: 'Matinée', locale: 'en_US' },
})

/** Without data where its loader failed, so that the error has a page to stand on. */
export default function Document({ data, children }: { data: { member: Member } | undefined; children?: ReactNode }) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="preload" href={anybody} as="font" type="font/woff2" crossOrigin="anonymous" />
        <link rel="preload" href={inter} as="font" type="font/woff2" crossOrigin="anonymous" />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        {/* The visitor's own choice of theme, apart from the page: pages stay the same for everyone. */}
        <link rel="stylesheet" href="/theme.css" precedence="default" />
        <Head />
      </head>
      <body>
        <a className="skip-link" href="#main">
          Skip to the content
        </a>
        <NavigationProgress />
        <SiteHeader member={data?.member ?? null} />
        <main id="main" tabIndex={-1}>
          <Messages close="Close" />
          {children}
        </main>
        <SiteFooter />
        <Scripts />
      </body>
    </html>
  )
}

export function ErrorView({ error }: ErrorViewProps) {
  if (error.status === 404) return <NotFound message={error.message} />
  const isOurs = error.status >= 500
  return (
    <div className="page error-page">
      <p className="eyebrow">Error {error.status}</p>
      <h1>{isOurs ? 'The projector has stopped.' : error.message}</h1>
      <p className="lead">
        {isOurs
          ? 'Something broke on our side and has been written down. Try again in a moment.'
          : 'That request cannot be answered. Check the address, or start again from the list of films.'}
      </p>
      <p>
        <Link to="/films" className="button">
          Browse all films
        </Link>
      </p>
      {isOurs && <p className="muted">If you write to us about it, quote {error.id}.</p>}
    </div>
  )
}

function NotFound({ message }: { message: string }) {
  return (
    <div className="page error-page">
      <Headline
        lines={[
          { text: '404', cap: 190 },
          { text: 'This reel is missing', cap: 60 },
        ]}
      />
      <p className="lead">
        {message === 'Not Found' ? 'There is no page at this address. Perhaps the film you want is one search away.' : message}
      </p>
      <SearchBox id="not-found-search" label="Search for the film you meant" large />
      <nav aria-label="Suggestions">
        <ul className="chips">
          <li>
            <Link className="chip" to="/films" search={{ sort: 'best' }}>
              Best rated films
            </Link>
          </li>
          <li>
            <Link className="chip" to="/films/decades/[decade=decade]" params={{ decade: 1990 }}>
              The 1990s
            </Link>
          </li>
          <li>
            <Link className="chip" to="/people">
              Directors, A to Z
            </Link>
          </li>
          <li>
            <Link className="chip" to="/">
              The front page
            </Link>
          </li>
        </ul>
      </nav>
    </div>
  )
}
