import { Link } from 'hotclub/client'

export const head = { title: 'Home', description: 'The first page' }

export default function Home() {
  return (
    <>
      <h1>Home</h1>
      <ul>
        <li>
          <a id="plain" href="/about">
            Plain link
          </a>
        </li>
        <li>
          <a id="reload" href="/about" data-reload>
            Reloading link
          </a>
        </li>
        <li>
          <a id="blank" href="/about" target="_blank">
            Other window
          </a>
        </li>
        <li>
          <a id="download" href="/file.txt" download>
            Download
          </a>
        </li>
        <li>
          <a id="external" href="/about" rel="external">
            External
          </a>
        </li>
        <li>
          <a id="resource" href="/file.txt">
            Resource
          </a>
        </li>
        <li>
          <a id="public" href="/plain.txt">
            Public file
          </a>
        </li>
        <li>
          <a id="missing" href="/no-such-page">
            Missing
          </a>
        </li>
        <li>
          <a id="prevented" href="/about" onClick={(event) => event.preventDefault()}>
            Prevented
          </a>
        </li>
        <li>
          <a id="to-redirect" href="/redirect#part">
            Redirect
          </a>
        </li>
        <li>
          <a id="to-loop" href="/loop">
            Loop
          </a>
        </li>
        <li>
          <a id="to-static" href="/static">
            Without script
          </a>
        </li>
        <li>
          <a id="to-stream" href="/stream">
            Stream
          </a>
        </li>
        <li>
          <a id="to-form" href="/form">
            Form
          </a>
        </li>
        <li>
          <a id="to-crash" href="/crash">
            Crash
          </a>
        </li>
        <li>
          <a id="to-values" href="/values">
            Values
          </a>
        </li>
        <li>
          <a id="to-missing-item" href="/items/404">
            Missing item
          </a>
        </li>
        <li>
          <a id="to-broken-item" href="/items/500">
            Broken item
          </a>
        </li>
        <li>
          <a id="to-hash" href="/long#middle">
            To a hash
          </a>
        </li>
        <li>
          <a id="to-search" href="/search">
            Search
          </a>
        </li>
        <li>
          <Link id="no-prefetch" href="/about" prefetch="none">
            Not ahead
          </Link>
        </li>
        <li>
          <Link id="replacing" href="/about" replace>
            Replacing
          </Link>
        </li>
      </ul>
      <div className="tall" />
      <Link id="in-view" href="/about?from=view" prefetch="view">
        At the end
      </Link>
    </>
  )
}
