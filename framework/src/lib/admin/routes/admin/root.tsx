import type { ReactNode } from 'react'
import type { ErrorViewProps } from '../../../core/args.ts'
import type { Context } from '../../../core/context.ts'
import type { Head as PageHead } from '../../../routing/types.ts'
import { Head, Scripts } from '../../../view/document.tsx'
import { Link } from '../../../view/link.tsx'
import { Access } from '../../access.ts'
import { nameOf, type NavGroup, navigationOf } from '../../nav.ts'
import { adminService } from '../../site.ts'
import { Frame } from '../../views/frame.tsx'

interface FrameData {
  site: string
  /** Empty for whoever is not of the staff, who gets no more of the admin than its name. */
  user: string
  groups: NavGroup[]
}

export async function loader(context: Context): Promise<FrameData> {
  const site = context.service(adminService).title
  const user = await context.user
  if (!user?.isActive || !user.isStaff) return { site, user: '', groups: [] }
  return { site, user: nameOf(user), groups: await navigationOf(await Access.of(context)) }
}

export const head = ({ data }: { data: FrameData | undefined }): PageHead => ({
  title: data?.site ?? 'Admin',
  titleTemplate: (title: string) => (title === data?.site ? title : `${title} · ${data?.site ?? 'Admin'}`),
  robots: 'noindex',
})

/** A square of the accent colour: an icon of its own, so that tabs of the admin are told from those of the site. */
const ICON = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="4" fill="#3b5bdb"/></svg>')}`

export const headers = (): Record<string, string> => ({ 'cache-control': 'no-store', 'referrer-policy': 'same-origin' })

/** Without data where its loader failed, so that the error has a page to stand on. */
export default function AdminDocument({ data, children }: { data: FrameData | undefined; children?: ReactNode }): ReactNode {
  return (
    <html lang="en" className="ha">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href={ICON} />
        <Head />
      </head>
      <body>
        <a className="ha-skip" href="#main">
          Skip to the content
        </a>
        {data && data.user !== '' ? (
          <Frame site={data.site} groups={data.groups} user={data.user}>
            {children}
          </Frame>
        ) : (
          <main id="main" className="ha-bare">
            {children}
          </main>
        )}
        <Scripts />
      </body>
    </html>
  )
}

export function ErrorView({ error }: ErrorViewProps): ReactNode {
  const isOurs = error.status >= 500
  return (
    <div className="ha-empty">
      <h1>
        {error.status === 404
          ? 'There is nothing here'
          : error.status === 403
            ? 'This is not open to you'
            : isOurs
              ? 'Something broke'
              : error.message}
      </h1>
      <p>
        {error.status === 404
          ? 'It may have been deleted, or you may not see it.'
          : error.status === 403
            ? 'Ask somebody who manages permissions.'
            : isOurs
              ? `It has been written down. If you tell us of it, quote ${error.id}.`
              : 'Check the address, or start again.'}
      </p>
      <Link href="/admin" className="ha-button">
        To the overview
      </Link>
    </div>
  )
}
