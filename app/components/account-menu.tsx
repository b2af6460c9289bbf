import { Form, Link, usePage } from 'hotclub/client'
import { signInPath } from '../lib/members.ts'

/** What the header knows of the visitor; `null` for a stranger. */
export type Member = { name: string; isModerator: boolean } | null

/** The way in for strangers, and for members what is theirs. The menu is the browser's own popover: it needs no script. */
export function AccountMenu({ member }: { member: Member }) {
  const { url, route } = usePage()
  if (!member)
    return (
      <Link href={isWayIn(route) ? '/login' : signInPath(url)} className="account-link" prefetch="none">
        Sign in
      </Link>
    )
  return (
    <div className="account">
      <button type="button" className="account-button" popoverTarget="account-menu">
        <span className="account-initial" aria-hidden="true">
          {member.name.charAt(0).toLocaleUpperCase('en-US')}
        </span>
        <span className="visually-hidden">Your account</span>
      </button>
      {/* Begun anew on every page, so that it closes when one goes on. */}
      <div key={url} id="account-menu" popover="auto" className="account-menu">
        <p className="account-name">{member.name}</p>
        <nav aria-label="Your account">
          <ul>
            <li>
              <Link href="/account">Account</Link>
            </li>
            <li>
              <Link to="/account/lists">Your lists</Link>
            </li>
            <li>
              <Link to="/members">Members</Link>
            </li>
            {member.isModerator && (
              <li>
                <Link to="/moderation">Moderation</Link>
              </li>
            )}
          </ul>
        </nav>
        <Form method="post" action="/logout">
          <button>Sign out</button>
        </Form>
      </div>
    </div>
  )
}

/** Whether a page is part of signing in, and so no place to come back to. */
function isWayIn(route: string): boolean {
  return /^\/(?:login|signup|password|logout)(?:\/|$)/.test(route)
}
